import { createBubble } from './bubble.ts';
import type { CallDeskDeps } from './call-desk-port.ts';
import type { Calls, Phase } from './calls.ts';
import type { CardControl, CardKeeper } from './card/card-port.ts';
import { seenOf } from './geometry.ts';
import { type Mark, writtenAs } from './mark.ts';
import type { PageMessage } from './messages.ts';
import { isGenuine } from './press-apart.ts';
import type { Trust } from './trust.ts';

/** Phases that the card of a number shows as well; a bubble in any other phase closes the card. */
export const IN_CARD = new Set<Phase>(['ringing', 'talking', 'ended']);
/** The pointer still rests on the pressed button: no card replaces the bubble until it could be read for this long. */
const READ_MS = 2_000;

interface BubbleKeeperDeps extends Pick<CallDeskDeps, 'window' | 'overlay' | 'translate' | 'buttons' | 'marks' | 'place'> {
  trust: Trust;
  calls: Pick<Calls, 'of' | 'reset'>;
  isCardOpen: () => boolean;
  closeCard: () => void;
  /** Opens the card of a mark and moves the focus to one of its controls. */
  openCard: CardKeeper['enter'];
  /** The second press, in the bubble, which was shown at that time. */
  confirm: (mark: Mark, button: Element, shownAt: number, event: MouseEvent) => void;
}

/** Opens the bubble beside the button of the number that it is about, and keeps it there. */
export function createBubbleKeeper(deps: BubbleKeeperDeps) {
  const { window, overlay, translate, buttons, marks, trust, calls, isCardOpen, closeCard } = deps;
  const bubble = createBubble(window.document);
  /** The mark whose bubble is open. */
  let speaking: Mark | undefined;
  /** The button beside the bubble. */
  let beside: HTMLElement | undefined;
  let shownAt = 0;
  let isDarkBehind = (_: Mark) => false;

  function show(mark: Mark): void {
    const { phase, text, other, needsReason } = calls.of(mark.number);
    const hasQuestion = phase === 'asking' || other;
    if (phase === 'talking' && bubble.isSaying(mark.number, phase)) {
      bubble.say(text ?? '');
      return;
    }
    close();
    if (!text) return;
    if (!IN_CARD.has(phase)) closeCard();
    speaking = mark;
    shownAt = performance.now();
    const confirm = { label: translate(other ? 'callWith' : 'confirmYes', other), press: onConfirm };
    // “Close” beside a running call would read as hanging up.
    const closing = {
      label: translate(phase === 'asking' ? 'confirmNo' : phase === 'talking' ? 'hideBubble' : 'dismiss'),
      press: () => void drop(),
    };
    standBehind(mark);
    const opening = (label: PageMessage, at: CardControl) => ({ label: translate(label), press: goOn(mark, at) });
    const first = hasQuestion
      ? [confirm]
      : needsReason
        ? [opening('giveReason', 'reason')]
        : phase === 'ended'
          ? [opening('noteOutcome', 'outcome')]
          : [];
    const actions = phase === 'ringing' ? [] : [...first, closing];
    bubble.show(mark.number, writtenAs(mark), text, phase, actions);
    if (hasQuestion && bubble.confirm) trust.watch(bubble.confirm);
    deps.place();
  }
  /** Puts the bubble after its button in the DOM, so that Tab leads from the button into it. */
  function standBehind(mark: Mark): void {
    const button = buttons.get(mark)?.element;
    if (button && !(button.compareDocumentPosition(bubble.element) & 4)) bubble.element.remove();
    raise(button);
    overlay.show(bubble.element);
  }
  /** Above the bubble's shadow: under it the browser could not tell whether the page covers the button. */
  function raise(button?: HTMLElement): void {
    if (beside) beside.style.zIndex = '';
    beside = button;
    if (beside) beside.style.zIndex = '1';
  }
  /** Goes on to the card, which a bubble of this kind stands in the way of. */
  function goOn(mark: Mark, at: CardControl) {
    return (event: MouseEvent) => {
      if (!isGenuine(event)) return;
      drop();
      deps.openCard(mark, at);
    };
  }
  function onConfirm(event: MouseEvent): void {
    if (speaking && bubble.confirm) deps.confirm(speaking, bubble.confirm, shownAt, event);
  }
  function close(): void {
    if (bubble.confirm) trust.unwatch(bubble.confirm);
    bubble.hide();
    raise();
    trust.uncovered();
  }
  function drop(): boolean {
    if (!bubble.subject || !speaking) return false;
    const { number } = speaking;
    speaking = undefined;
    close();
    if (calls.of(number).phase !== 'unknown') calls.reset(number);
    return true;
  }
  /** Whether the bubble asks a question, or says something that has to be read. */
  function isAsking(): boolean {
    return bubble.subject !== undefined && !IN_CARD.has(calls.of(bubble.subject).phase);
  }
  /**
   * Lets a bubble that asks or has to be read take the place of this mark's card, and opens it if it is due; false where there
   * is none. The bubble of another number counts only while its button is in view.
   */
  function askInstead(mark: Mark): boolean {
    if (bubble.subject)
      return isAsking() && (bubble.subject === mark.number || (speaking !== undefined && !!buttons.get(speaking)?.spot));
    const { phase, text } = calls.of(mark.number);
    if (!text || IN_CARD.has(phase)) return false;
    show(mark);
    return true;
  }
  /** Moves the bubble to a new button of the same number: a page that re-renders its list replaces the marked text. */
  function keepWithNumber({ number, extension }: Mark): void {
    const [shown] = [...buttons.keys()].filter((other) => other.number === number && other.extension === extension);
    if (!shown) return;
    const hadFocus = bubble.element.contains(overlay.focused);
    speaking = shown;
    show(shown);
    if (hadFocus) bubble.enter();
  }

  return {
    /** The bubble while it is visible. */
    get shown(): HTMLElement | undefined {
      return bubble.element.hidden ? undefined : bubble.element;
    },
    /** Makes the bubble be about this mark; drops the question that it was asking about another number. */
    turnTo(mark: Mark): void {
      const before = bubble.subject;
      speaking = mark;
      if (before && before !== mark.number && calls.of(before).phase === 'asking') calls.reset(before);
    },
    /** Opens the bubble of the mark's number, if there is something to say of it; one asked for by a key takes the focus. */
    show(mark: Mark, isByKey: boolean): void {
      show(mark);
      if (isByKey) bubble.enter();
    },
    /** Updates the bubble if it is about `number`; without a number, updates it anyway. */
    told(number = speaking?.number): void {
      if (speaking && speaking.number === number) show(speaking);
    },
    /** Closes the bubble, also one that has scrolled away, and forgets what it said. */
    drop,
    /** The same only while it is visible: Escape is not meant for one that has scrolled away. */
    dismiss: (): boolean => !bubble.element.hidden && drop(),
    /** Moves the focus from a button into the bubble that takes the place of its card; false where there is none. */
    enter(mark: Mark): boolean {
      // What is asked about another number must not be answered from this one's button.
      if (bubble.subject !== mark.number && isAsking()) drop();
      const isOpen = askInstead(mark);
      if (isOpen) bubble.enter();
      return isOpen;
    },
    /** As `askInstead`, but also for a bubble of the number that could hardly have been read yet. */
    speakInstead: (mark: Mark): boolean =>
      askInstead(mark) ||
      (bubble.subject === mark.number && calls.of(mark.number).phase !== 'ended' && performance.now() - shownAt < READ_MS),
    place(isDark = isDarkBehind): void {
      isDarkBehind = isDark;
      // Not for a mark that is only out of view, nor while a card is open, which would be closed.
      const isLost = speaking && bubble.subject && !buttons.has(speaking) && !isCardOpen();
      if (isLost && ![...marks()].includes(speaking as Mark)) keepWithNumber(speaking as Mark);
      if (!speaking || !bubble.subject) return;
      const spot = buttons.get(speaking)?.spot;
      const wasHidden = bubble.element.hidden;
      bubble.element.hidden = !spot || isCardOpen();
      // Else the button would show through the card of another number.
      if (bubble.element.hidden) raise();
      if (!spot || bubble.element.hidden) return;
      // Its button may have been made anew meanwhile.
      if (wasHidden) standBehind(speaking);
      bubble.place(spot, { view: seenOf(window), toOwn: overlay.toOwn, dark: isDarkBehind(speaking) });
    },
  };
}
