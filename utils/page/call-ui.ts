import type { Translate } from '../i18n/translate.ts';
import { createBubble } from './bubble.ts';
import { type CallButton, createCallButton } from './button.ts';
import type { Caller } from './caller.ts';
import { createCalls, type Phase } from './calls.ts';
import type { CardKeeper, CreateCardKeeper } from './card/card-port.ts';
import { viewOf } from './geometry.ts';
import { type Mark, stillStands } from './mark.ts';
import type { PageMessage } from './messages.ts';
import type { Overlay } from './overlay.ts';
import { createPress } from './press.ts';
import { createTrust } from './trust.ts';

export interface CallUiDeps {
  window: Window & typeof globalThis;
  overlay: Overlay;
  translate: Translate<PageMessage>;
  caller: Caller;
  /** Gives the cards' own script, wanted only where there are numbers; absent where there are no cards. */
  loadCards?: (() => Promise<CreateCardKeeper | undefined>) | undefined;
  /** Whether a click on a call link of the page asks here instead of the system. */
  telLinks: boolean;
  signal: AbortSignal;
  marks: () => Iterable<Mark>;
  refresh: () => void;
  /** Puts buttons in place now; that of a mark, too, which was brought into view a moment ago. */
  place: (arrived?: Mark) => void;
  /** Numbers in view moved, whatever moved them. */
  onMoved: () => void;
}

const labels: Partial<Record<Phase, PageMessage>> = {
  placing: 'placing',
  ringing: 'ringingLabel',
  talking: 'talkingLabel',
  failed: 'failedLabel',
  unknown: 'unknownLabel',
};

/** The buttons of marks, the bubble, and what pressing them does. */
export function createCallUi(deps: CallUiDeps) {
  const { window, overlay, translate, caller, loadCards, telLinks, signal, marks, refresh, place, onMoved } = deps;
  const { document } = window;
  const buttons = new Map<Mark, CallButton>();
  const bubble = createBubble(document);
  const trust = createTrust(
    window,
    () => overlay.host,
    () => (bubble.subject ? bubble.element.getBoundingClientRect() : card?.box),
  );
  const armed = new Map<string, string>();
  const calls = createCalls({
    caller,
    translate,
    onChange: render,
    reasonOf: (number) => armed.get(number),
    follow: (following) => card?.followCall(following) ?? (() => {}),
    isSeen: (number) =>
      document.visibilityState === 'visible' && [...buttons].some(([mark, { spot }]) => mark.number === number && spot),
  });
  // Until what judges that is here, a press is asked about.
  const isDisguised = (mark: Mark, host: Element) => card?.isDisguised(mark, host) ?? true;
  const press = createPress({ calls, trust, translate, isDisguised, refresh });
  /** The button whose bubble is open. */
  let speaking: Mark | undefined;
  let shownAt = 0;
  let card: CardKeeper | undefined;
  let fetching: Promise<void> | undefined;

  function labelOf({ number, text, extension }: Mark): string {
    const key = labels[calls.of(number).phase];
    if (key) return translate(key, { number: text });
    return extension ? translate('callExtension', { number: text, extension }) : translate('call', { number: text });
  }
  function dress(mark: Mark, button: CallButton): void {
    button.setPhase(calls.of(mark.number).phase, labelOf(mark));
  }
  function render(number: string): void {
    if (calls.of(number).phase === 'ringing') forgetReason(number);
    for (const [mark, button] of buttons) if (mark.number === number) dress(mark, button);
    if (speaking?.number === number) renderBubble(speaking);
  }
  function forgetReason(number: string): void {
    armed.delete(number);
    card?.forgetReason(number);
  }
  function renderBubble(mark: Mark): void {
    const { phase, text, other } = calls.of(mark.number);
    const isAsking = phase === 'asking' || other;
    if (phase === 'talking' && bubble.isSaying(mark.number, phase)) {
      bubble.say(text ?? '');
      return;
    }
    closeBubble();
    if (!text) return;
    card?.close();
    speaking = mark;
    shownAt = performance.now();
    const confirm = { label: translate(other ? 'callWith' : 'confirmYes', other), press: onConfirm };
    // “Close” beside a running call would read as hanging up.
    const dismiss = {
      label: translate(phase === 'asking' ? 'confirmNo' : phase === 'talking' ? 'hideBubble' : 'dismiss'),
      press: () => void dismissBubble(),
    };
    bubble.show(mark.number, mark.text, text, phase, isAsking ? [confirm, dismiss] : phase === 'ringing' ? [] : [dismiss]);
    overlay.show(bubble.element);
    if (isAsking && bubble.confirm) trust.watch(bubble.confirm);
    place();
  }
  function onConfirm(event: MouseEvent): void {
    if (speaking && bubble.confirm) press.confirm(speaking, bubble.confirm, shownAt, event);
  }
  function closeBubble(): void {
    if (bubble.confirm) trust.unwatch(bubble.confirm);
    bubble.hide();
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
  function buttonOf(mark: Mark): CallButton {
    const known = buttons.get(mark);
    if (known) return known;
    const button = createCallButton(document, labelOf(mark), {
      press(event) {
        armed.delete(mark.number);
        pressed(mark, button, event);
      },
      async focus(isFocused) {
        if (isFocused) {
          await fetchCards();
          card?.approached(mark);
        }
        card?.focused(mark, isFocused && button.element.matches(':focus'));
      },
      enter: () => card?.enter(mark),
      approach: () => card?.approached(mark),
    });
    buttons.set(mark, button);
    dress(mark, button);
    trust.watch(button.element);
    void fetchCards();
    return button;
  }

  function pressed(mark: Mark, button: Pick<CallButton, 'element' | 'placedAt'>, event: MouseEvent): void {
    speaking = mark;
    press.button(mark, button, event);
    card?.close();
    renderBubble(mark);
  }

  /** There is a number: from now on there are cards and keys, and presses are judged. */
  function fetchCards(): Promise<void> {
    fetching ??= startCards();
    return fetching;
  }
  async function startCards(): Promise<void> {
    const createKeeper = await loadCards?.();
    if (loadCards && !createKeeper) fetching = undefined;
    if (!loadCards || signal.aborted) return;
    card = createKeeper?.({
      window,
      overlay,
      trust,
      translate,
      buttons,
      marks,
      telLinks,
      reveal,
      ask,
      dismiss: dismissBubble,
      signal,
      onMoved,
      place: () => place(),
      isSpokenOf(mark) {
        if (bubble.subject || !calls.of(mark.number).text) return bubble.subject !== undefined;
        speaking = mark;
        renderBubble(mark);
        return true;
      },
      onCall(mark, button, reason, event) {
        if (reason) armed.set(mark.number, reason);
        else armed.delete(mark.number);
        pressed(mark, button, event);
      },
    });
    place();
  }
  function reveal(mark: Mark): CallButton | undefined {
    if (!buttons.get(mark)?.spot) {
      // To the middle: at the edge of the view the button itself would be cut, and not be trusted.
      mark.anchor.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      place(mark);
    }
    const button = buttons.get(mark);
    return button?.spot ? button : undefined;
  }
  function ask(mark: Mark): boolean {
    refresh();
    if (!buttons.get(mark)?.spot || !stillStands(mark)) return false;
    if (calls.isLocked(mark.number)) return true;
    armed.delete(mark.number);
    speaking = mark;
    calls.ask(mark.number, translate(calls.of(mark.number).phase === 'unknown' ? 'confirmAfterUnknown' : 'confirm'));
    return true;
  }

  void fetchCards();
  window.addEventListener(
    'keydown',
    (event) => {
      if (!card && event.altKey) void fetchCards().then(() => card?.onKey(event));
    },
    { capture: true, signal },
  );
  window.addEventListener(
    'pointerdown',
    (event) => {
      if (!event.isTrusted || event.composedPath().includes(overlay.host as Element)) return;
      card?.close();
      dismissBubble();
    },
    { capture: true, passive: true, signal },
  );

  return {
    buttonOf,
    drop(mark: Mark): void {
      const button = buttons.get(mark);
      if (!button) return;
      card?.dropped(mark);
      buttons.delete(mark);
      trust.unwatch(button.element);
      button.element.remove();
    },
    /** These are shown at their places. */
    settled: (shown: ReadonlySet<Mark>) => card?.settled(shown),
    placeBubble(isDark: (mark: Mark) => boolean): void {
      card?.place(isDark);
      if (!speaking || !bubble.subject) return;
      const spot = buttons.get(speaking)?.spot;
      bubble.element.hidden = !spot;
      if (!spot) return;
      const view = viewOf(window);
      const { offsetWidth, offsetHeight } = bubble.element;
      const x = Math.max(view.left + 8, Math.min(spot.x - 20, view.right - offsetWidth - 8));
      const below = spot.y + 16;
      const y = below + offsetHeight + 8 <= view.bottom ? below : spot.y - 16 - offsetHeight;
      bubble.place(overlay.toOwn({ x, y }), isDark(speaking));
    },
    stop(): void {
      card?.stop();
      trust.stop();
      calls.stop();
      buttons.clear();
    },
  };
}
