import { createBubbleKeeper, IN_CARD } from './bubble-keeper.ts';
import type { CallButton } from './button.ts';
import type { CallDesk, CallDeskDeps } from './call-desk-port.ts';
import { callLabel } from './call-label.ts';
import type { Caller } from './caller.ts';
import { type CallStatus, createCalls, type Phase } from './calls.ts';
import { createCardKeeper } from './card/card-keeper.ts';
import type { CardPort } from './card/card-port.ts';
import { keepFocusApart } from './focus-apart.ts';
import { isWithinReach } from './is-within-reach.ts';
import { beginsAlike, type Mark, writtenAs } from './mark.ts';
import type { PageMessage } from './messages.ts';
import { keepPointerApart } from './pointer-apart.ts';
import { createPress } from './press.ts';
import { keepPressesApart } from './press-apart.ts';
import { createTrust } from './trust.ts';
import { letWheelThrough } from './wheel-through.ts';

const labels: Partial<Record<Phase, PageMessage>> = {
  placing: 'placing',
  ringing: 'ringingLabel',
  talking: 'talkingLabel',
  failed: 'failedLabel',
  unknown: 'unknownLabel',
};

/** Handles presses of the buttons, and shows the bubble and the cards. */
export function createCallDesk(deps: CallDeskDeps, port: CardPort, caller: Caller): CallDesk {
  const { window, overlay, translate, buttons, marks, signal, stillStands, place } = deps;
  const { document } = window;
  const trust = createTrust(
    window,
    () => overlay.host,
    () => card.shown ?? bubble.shown,
  );
  const armed = new Map<string, string>();
  const calls = createCalls({
    caller,
    translate,
    onChange: render,
    reasonOf: (number) => armed.get(number),
    async refusalOf(number) {
      const past = await port.past(number);
      return past && 'refusal' in past ? past.refusal : null;
    },
    isSeen: (number) =>
      document.visibilityState === 'visible' && [...buttons].some(([mark, { spot }]) => mark.number === number && spot),
  });
  const bubble = createBubbleKeeper({
    ...deps,
    trust,
    calls,
    isCardOpen: () => card.shown !== undefined,
    closeCard: () => card.close(),
    openCard: (...given) => card.enter(...given),
    confirm: (...given) => press.confirm(...given),
  });
  const { dismiss, speakInstead } = bubble;
  const card = createCardKeeper(
    { ...deps, trust, reveal, ask, dismiss, speakInstead, stateOf, onCall, onClosed: () => bubble.place() },
    port,
  );
  const { isDisguised } = card;
  const press = createPress({ calls, trust, translate, isDisguised, stillStands, sayChanged, offer: caller.offer });

  function dress(mark: Mark, button: CallButton): void {
    const { phase, label } = calls.of(mark.number);
    const key = label ?? labels[phase];
    button.setPhase(phase, key ? translate(key, { number: writtenAs(mark) }) : callLabel(mark, translate));
  }
  function render(number: string): void {
    if (calls.of(number).phase === 'ringing') forgetReason(number);
    for (const [mark, button] of buttons) if (mark.number === number) dress(mark, button);
    bubble.told(number);
    card.told(number);
  }
  function forgetReason(number: string): void {
    armed.delete(number);
    card.forgetReason(number);
  }
  /** State of the call with a number, for its card. */
  function stateOf(number: string): CallStatus | undefined {
    const status = calls.of(number);
    return IN_CARD.has(status.phase) ? status : undefined;
  }
  function pressed(mark: Mark, button: Pick<CallButton, 'element' | 'placedAt'>, event: MouseEvent): void {
    bubble.turnTo(mark);
    press.button(mark, button, event);
    card.close();
    bubble.told();
  }
  /** Says so about the number that now stands at the mark's place, if any; else beside the old number, wherever it reappears. */
  function sayChanged(mark: Mark): void {
    const now = [...marks()].find((other) => beginsAlike(other, mark)) ?? mark;
    bubble.turnTo(now);
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
      if (!isWithinReach(mark.anchor)) return undefined;
      // To the centre: at the edge of the viewport the button would be clipped, and `trust` would refuse it.
      mark.anchor.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      place(mark);
    }
    const button = buttons.get(mark);
    return button?.spot ? button : undefined;
  }
  function ask(mark: Mark, isByKey = false): boolean {
    if (!stillStands(mark) || !buttons.get(mark)?.spot) return false;
    bubble.turnTo(mark);
    if (!calls.isLocked(mark.number)) {
      armed.delete(mark.number);
      calls.ask(mark.number, calls.questionOf(mark.number) ?? translate('confirm'));
    }
    bubble.show(mark, isByKey);
    return true;
  }
  function met(mark: Mark, button: CallButton): void {
    dress(mark, button);
    trust.watch(button.element);
    letWheelThrough(button.element, mark.anchor);
  }

  for (const [mark, button] of buttons) met(mark, button);
  // After the keeper: its own focus listeners on the window have to run before these stop the event.
  keepFocusApart(window, () => overlay.host, signal);
  keepPointerApart(window, () => overlay.host, signal);
  // Zooming in with two fingers, and moving about then, is no scrolling of the page.
  for (const type of ['resize', 'scroll'] as const)
    window.visualViewport?.addEventListener(type, deps.onMoved, { passive: true, signal });
  // Calls outlive a reload of the page on which they were placed.
  void calls.resume();
  window.addEventListener(
    'pointerdown',
    (event) => {
      if (!event.isTrusted || event.composedPath().includes(overlay.host as Element)) return;
      card.close();
      bubble.drop();
    },
    { capture: true, passive: true, signal },
  );
  // After every listener of our own on the window, which it would keep these events from as well.
  keepPressesApart(window, overlay, signal);

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
      if (!bubble.enter(mark)) card.enter(mark);
    },
    approached: card.approached,
    onKey: card.onKey,
    settled: card.settled,
    place(isDark) {
      // Before the card, which raises the button that it stands beside: that may be the same.
      bubble.place(isDark);
      card.place(isDark);
    },
    stop() {
      card.stop();
      trust.stop();
      calls.stop();
    },
  };
}
