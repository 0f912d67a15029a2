import type { Translate } from '../i18n/translate.ts';
import type { CallButton } from './button.ts';
import type { Calls } from './calls.ts';
import type { Mark } from './mark.ts';
import type { PageMessage } from './messages.ts';
import { SETTLED_MS, type Trust } from './trust.ts';

export interface PressDeps {
  calls: Calls;
  trust: Trust;
  translate: Translate<PageMessage>;
  /** Whether the number is shown otherwise than it stands in the page. */
  isDisguised: (mark: Mark, host: Element) => boolean;
  /** Whether the page shows at this moment what was marked. */
  stillStands: (mark: Mark) => boolean;
  /** Says that it does not. */
  sayChanged: (mark: Mark) => void;
}

/** What a press of a call button does. The number is the mark's, held here and in the button's closure, nowhere in the page. */
export function createPress({ calls, trust, translate, isDisguised, stillStands, sayChanged }: PressDeps) {
  return {
    button(mark: Mark, button: Pick<CallButton, 'element' | 'placedAt'>, event: MouseEvent): void {
      const { number, extension } = mark;
      if (!event.isTrusted || calls.isLocked(number)) return;
      const isStill = stillStands(mark);
      const doubt = trust.doubt(button.element, button.placedAt, event);
      const question = calls.questionOf(number);
      if (!isStill) sayChanged(mark);
      else if (question) calls.ask(number, question);
      else if (doubt !== 'none' || isDisguised(mark, (button.element.getRootNode() as ShadowRoot).host))
        calls.ask(number, translate('confirm'));
      else void calls.place(number, extension);
    },
    /** The second press, in our own bubble; there is nobody left to ask, so a doubt about what is seen refuses. */
    confirm(mark: Mark, element: Element, shownAt: number, event: MouseEvent): void {
      const { phase, other, text } = calls.of(mark.number);
      if (!event.isTrusted || (phase !== 'asking' && !other)) return;
      // Too soon after it appeared: a second click of a double click.
      if (performance.now() - shownAt < SETTLED_MS) return;
      if (trust.doubt(element, shownAt, event) === 'hidden') calls.say(mark.number, translate('covered'));
      // “Call this number?” says nothing of an earlier call.
      else void calls.place(mark.number, mark.extension, other?.id, phase === 'asking' && text !== translate('confirm'));
    },
  };
}
