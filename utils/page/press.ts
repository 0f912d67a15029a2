import type { Translate } from '../i18n/translate.ts';
import type { CallButton } from './button.ts';
import type { Caller } from './caller.ts';
import type { Calls } from './calls.ts';
import type { Mark } from './mark.ts';
import type { PageMessage } from './messages.ts';
import { isGenuine } from './press-apart.ts';
import { SETTLED_MS, type Trust } from './trust.ts';

interface PressDeps extends Pick<Caller, 'offer'> {
  calls: Pick<Calls, 'of' | 'isLocked' | 'questionOf' | 'ask' | 'say' | 'place'>;
  trust: Trust;
  translate: Translate<PageMessage>;
  /** Whether the page displays the number differently from its text in the DOM. */
  isDisguised: (mark: Mark, host: Element) => boolean;
  /** Whether the page shows the marked number at this very moment. */
  stillStands: (mark: Mark) => boolean;
  /** Tells the agent that the page no longer shows the marked number. */
  sayChanged: (mark: Mark) => void;
}

/** Handles presses of call buttons. The number is only in the mark and in closures, never in the page's DOM. */
export function createPress({ calls, trust, translate, isDisguised, stillStands, sayChanged, offer }: PressDeps) {
  /** When each number was handed over; infinite while that is under way. */
  const handedAt = new Map<string, number>();

  /** Offers the number in a view of ours, from which it can be called and which no page can cover. */
  async function handOver({ number, extension }: Mark): Promise<void> {
    // Ignored: the second click of a double click.
    if (performance.now() - (handedAt.get(number) ?? Number.NEGATIVE_INFINITY) < SETTLED_MS) return;
    handedAt.set(number, Number.POSITIVE_INFINITY);
    // The background may be shut down before it answers.
    const isOffered = await offer(number, extension).catch(() => false);
    handedAt.set(number, performance.now());
    calls.say(number, translate(isOffered ? 'offered' : 'covered'));
  }
  return {
    button(mark: Mark, button: Pick<CallButton, 'element' | 'placedAt'>, event: MouseEvent): void {
      const { number, extension } = mark;
      if (!isGenuine(event) || calls.isLocked(number)) return;
      const isStill = stillStands(mark);
      const doubt = trust.doubt(button.element, button.placedAt, event);
      const question = calls.questionOf(number);
      if (!isStill) sayChanged(mark);
      else if (question) calls.ask(number, question);
      else if (doubt === 'untold') void handOver(mark);
      else if (doubt !== 'none' || isDisguised(mark, (button.element.getRootNode() as ShadowRoot).host))
        calls.ask(number, translate('confirm'));
      else void calls.place(number, extension);
    },
    /** The second press, in our own bubble. The page has no place for a third question, so a hidden bubble refuses the call. */
    confirm(mark: Mark, element: Element, shownAt: number, event: MouseEvent): void {
      const { phase, other, text } = calls.of(mark.number);
      if (!isGenuine(event) || (phase !== 'asking' && !other)) return;
      const doubt = trust.doubt(element, shownAt, event);
      // Ignored: the second click of a double click, or a page that had covered the bubble until now.
      if (doubt === 'hasty') return;
      if (doubt === 'hidden') calls.say(mark.number, translate('covered'));
      else if (doubt === 'untold') void handOver(mark);
      // The plain “Call this number?” does not mention an earlier call, so it does not confirm a repeated one.
      else void calls.place(mark.number, mark.extension, other?.id, phase === 'asking' && text !== translate('confirm'));
    },
  };
}
