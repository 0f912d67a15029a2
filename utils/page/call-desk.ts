import { createBubble } from './bubble.ts';
import type { CallButton } from './button.ts';
import type { CallDesk, CallDeskDeps } from './call-desk-port.ts';
import { callLabel } from './call-label.ts';
import type { Caller } from './caller.ts';
import { type CallStatus, createCalls, type Phase } from './calls.ts';
import { createCardKeeper } from './card/card-keeper.ts';
import type { CardPort } from './card/card-port.ts';
import { followCall } from './card/follow-call.ts';
import { keepFocusApart } from './focus-apart.ts';
import { viewOf } from './geometry.ts';
import { beginsAlike, type Mark, writtenAs } from './mark.ts';
import type { PageMessage } from './messages.ts';
import { keepPointerApart } from './pointer-apart.ts';
import { createPress } from './press.ts';
import { createTrust } from './trust.ts';

const labels: Partial<Record<Phase, PageMessage>> = {
  placing: 'placing',
  ringing: 'ringingLabel',
  talking: 'talkingLabel',
  failed: 'failedLabel',
  unknown: 'unknownLabel',
};

/** Phases that the card of a number shows as well; a bubble in any other phase closes the card. */
const IN_CARD = new Set<Phase>(['ringing', 'talking', 'ended']);
/** The pointer still rests on the pressed button: no card replaces the bubble until it could be read for this long. */
const READ_MS = 2_000;

/** Handles presses of the buttons, and shows the bubble and the cards. */
export function createCallDesk(deps: CallDeskDeps, port: CardPort, caller: Caller): CallDesk {
  const { window, overlay, translate, buttons, marks, signal, stillStands, place } = deps;
  const { document } = window;
  const bubble = createBubble(document);
  const trust = createTrust(
    window,
    () => overlay.host,
    () => card.shown ?? (bubble.element.hidden ? undefined : bubble.element),
  );
  const armed = new Map<string, string>();
  const calls = createCalls({
    caller,
    translate,
    onChange: render,
    reasonOf: (number) => armed.get(number),
    follow: followCall,
    isSeen: (number) =>
      document.visibilityState === 'visible' && [...buttons].some(([mark, { spot }]) => mark.number === number && spot),
  });
  const card = createCardKeeper(
    { ...deps, trust, reveal, ask, dismiss, speakInstead, stateOf, onCall, onClosed: placeBubble },
    port,
  );
  const { isDisguised } = card;
  const press = createPress({ calls, trust, translate, isDisguised, stillStands, sayChanged, offer: caller.offer });
  /** The mark whose bubble is open. */
  let speaking: Mark | undefined;
  /** The button beside the bubble. */
  let beside: HTMLElement | undefined;
  let shownAt = 0;
  let isDarkBehind = (_: Mark) => false;

  function dress(mark: Mark, button: CallButton): void {
    const { phase, label } = calls.of(mark.number);
    const key = label ?? labels[phase];
    button.setPhase(phase, key ? translate(key, { number: writtenAs(mark) }) : callLabel(mark, translate));
  }
  function render(number: string): void {
    if (calls.of(number).phase === 'ringing') forgetReason(number);
    for (const [mark, button] of buttons) if (mark.number === number) dress(mark, button);
    if (speaking?.number === number) renderBubble(speaking);
    card.told(number);
  }
  function forgetReason(number: string): void {
    armed.delete(number);
    card.forgetReason(number);
  }
  function renderBubble(mark: Mark): void {
    const { phase, text, other } = calls.of(mark.number);
    const hasQuestion = phase === 'asking' || other;
    if (phase === 'talking' && bubble.isSaying(mark.number, phase)) {
      bubble.say(text ?? '');
      return;
    }
    closeBubble();
    if (!text) return;
    if (!IN_CARD.has(phase)) card.close();
    speaking = mark;
    shownAt = performance.now();
    const confirm = { label: translate(other ? 'callWith' : 'confirmYes', other), press: onConfirm };
    // “Close” beside a running call would read as hanging up.
    const closing = {
      label: translate(phase === 'asking' ? 'confirmNo' : phase === 'talking' ? 'hideBubble' : 'dismiss'),
      press: () => void dismissBubble(),
    };
    standBehind(mark);
    bubble.show(
      mark.number,
      writtenAs(mark),
      text,
      phase,
      hasQuestion ? [confirm, closing] : phase === 'ringing' ? [] : [closing],
    );
    if (hasQuestion && bubble.confirm) trust.watch(bubble.confirm);
    place();
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
  function onConfirm(event: MouseEvent): void {
    if (speaking && bubble.confirm) press.confirm(speaking, bubble.confirm, shownAt, event);
  }
  function closeBubble(): void {
    if (bubble.confirm) trust.unwatch(bubble.confirm);
    bubble.hide();
    raise();
    trust.uncovered();
  }
  function dismissBubble(): boolean {
    if (!bubble.subject || !speaking) return false;
    const { number } = speaking;
    speaking = undefined;
    closeBubble();
    if (calls.of(number).phase !== 'unknown') calls.reset(number);
    return true;
  }
  /** Dismisses the bubble only while it is visible: Escape is not meant for one that has scrolled away. */
  function dismiss(): boolean {
    return !bubble.element.hidden && dismissBubble();
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
    speaking = mark;
    renderBubble(mark);
    return true;
  }
  /** The same, also for a bubble of the number that could hardly have been read yet. */
  function speakInstead(mark: Mark): boolean {
    return askInstead(mark) || (bubble.subject === mark.number && performance.now() - shownAt < READ_MS);
  }
  /** State of the call with a number, for its card. */
  function stateOf(number: string): CallStatus | undefined {
    const status = calls.of(number);
    return IN_CARD.has(status.phase) ? status : undefined;
  }
  /** Makes the bubble be about this mark; drops the question that it was asking about another number. */
  function turnTo(mark: Mark): void {
    const before = bubble.subject;
    speaking = mark;
    if (before && before !== mark.number && calls.of(before).phase === 'asking') calls.reset(before);
  }
  function pressed(mark: Mark, button: Pick<CallButton, 'element' | 'placedAt'>, event: MouseEvent): void {
    turnTo(mark);
    press.button(mark, button, event);
    card.close();
    if (speaking) renderBubble(speaking);
  }
  /** Says so about the number that now stands at the mark's place, if any; else beside the old number, wherever it reappears. */
  function sayChanged(mark: Mark): void {
    const now = [...marks()].find((other) => beginsAlike(other, mark)) ?? mark;
    turnTo(now);
    place(now);
    if (!calls.isLocked(now.number)) calls.say(now.number, translate('changed'));
  }
  function onCall(
    mark: Mark,
    button: Pick<CallButton, 'element' | 'placedAt'>,
    reason: string | undefined,
    event: MouseEvent,
  ): void {
    if (reason) armed.set(mark.number, reason);
    else armed.delete(mark.number);
    pressed(mark, button, event);
  }
  function reveal(mark: Mark): CallButton | undefined {
    if (!buttons.get(mark)?.spot) {
      // To the centre: at the edge of the viewport the button would be clipped, and `trust` would refuse it.
      mark.anchor.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      place(mark);
    }
    const button = buttons.get(mark);
    return button?.spot ? button : undefined;
  }
  function ask(mark: Mark, isByKey = false): boolean {
    if (!stillStands(mark) || !buttons.get(mark)?.spot) return false;
    turnTo(mark);
    if (!calls.isLocked(mark.number)) {
      armed.delete(mark.number);
      calls.ask(mark.number, calls.questionOf(mark.number) ?? translate('confirm'));
    }
    renderBubble(mark);
    if (isByKey) bubble.enter();
    return true;
  }
  /** Moves the bubble to a new button of the same number: a page that re-renders its list replaces the marked text. */
  function keepWithNumber({ number, extension }: Mark): void {
    const [shown] = [...buttons.keys()].filter((other) => other.number === number && other.extension === extension);
    if (!shown) return;
    const hadFocus = bubble.element.contains(overlay.focused);
    speaking = shown;
    renderBubble(shown);
    if (hadFocus) bubble.enter();
  }
  function placeBubble(): void {
    // Not for a mark that is only out of view, nor while a card is open, which would be closed.
    const isLost = speaking && bubble.subject && !buttons.has(speaking) && card.shown === undefined;
    if (isLost && ![...marks()].includes(speaking as Mark)) keepWithNumber(speaking as Mark);
    if (!speaking || !bubble.subject) return;
    const spot = buttons.get(speaking)?.spot;
    const wasHidden = bubble.element.hidden;
    bubble.element.hidden = !spot || card.shown !== undefined;
    // Else the button would show through the card of another number.
    if (bubble.element.hidden) raise();
    if (!spot || bubble.element.hidden) return;
    // Its button may have been made anew meanwhile.
    if (wasHidden) standBehind(speaking);
    bubble.place(spot, { view: viewOf(window), toOwn: overlay.toOwn, dark: isDarkBehind(speaking) });
  }
  function met(mark: Mark, button: CallButton): void {
    dress(mark, button);
    trust.watch(button.element);
  }

  for (const [mark, button] of buttons) met(mark, button);
  // After the keeper: its own focus listeners on the window have to run before these stop the event.
  keepFocusApart(window, () => overlay.host, signal);
  keepPointerApart(window, () => overlay.host, signal);
  // Calls outlive a reload of the page on which they were placed.
  void calls.resume();
  window.addEventListener(
    'pointerdown',
    (event) => {
      if (!event.isTrusted || event.composedPath().includes(overlay.host as Element)) return;
      card.close();
      dismissBubble();
    },
    { capture: true, passive: true, signal },
  );

  return {
    met,
    dropped(mark, button) {
      card.dropped(mark);
      trust.unwatch(button.element);
    },
    pressed(mark, button, event) {
      armed.delete(mark.number);
      pressed(mark, button, event);
    },
    pressedEarly(mark) {
      if (!ask(mark)) sayChanged(mark);
    },
    focused(mark, isFocused) {
      if (isFocused) card.approached(mark);
      card.focused(mark, isFocused);
    },
    enter(mark) {
      // What is asked about another number must not be answered from this one's button.
      if (bubble.subject !== mark.number && isAsking()) dismissBubble();
      if (askInstead(mark)) bubble.enter();
      else card.enter(mark);
    },
    approached: card.approached,
    onKey: card.onKey,
    settled: card.settled,
    place(isDark) {
      isDarkBehind = isDark;
      // Before the card, which raises the button that it stands beside: that may be the same.
      placeBubble();
      card.place(isDark);
    },
    stop() {
      card.stop();
      trust.stop();
      calls.stop();
    },
  };
}
