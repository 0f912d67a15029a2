import type { Translate } from '../i18n/translate.ts';
import { createBubble } from './bubble.ts';
import { type CallButton, createCallButton } from './button.ts';
import type { Caller } from './caller.ts';
import { createCalls, type Phase } from './calls.ts';
import { viewOf } from './geometry.ts';
import { listenToKeyboard } from './keyboard.ts';
import type { Mark } from './mark.ts';
import type { PageMessage } from './messages.ts';
import type { Overlay } from './overlay.ts';
import { createPress } from './press.ts';
import { createTrust } from './trust.ts';

export interface CallUiDeps {
  window: Window & typeof globalThis;
  overlay: Overlay;
  translate: Translate<PageMessage>;
  caller: Caller;
  signal: AbortSignal;
  marks: () => Iterable<Mark>;
  refresh: () => void;
  /** Puts buttons in place now; that of a mark, too, which was brought into view a moment ago. */
  place: (arrived?: Mark) => void;
}

const labels: Partial<Record<Phase, PageMessage>> = {
  placing: 'placing',
  ringing: 'ringingLabel',
  failed: 'failedLabel',
  unknown: 'unknownLabel',
};

/** The buttons of marks, the bubble, and what pressing them does. */
export function createCallUi({ window, overlay, translate, caller, signal, marks, refresh, place }: CallUiDeps) {
  const { document } = window;
  const buttons = new Map<Mark, CallButton>();
  const bubble = createBubble(document);
  const trust = createTrust(
    window,
    () => overlay.host,
    () => (bubble.subject ? bubble.element.getBoundingClientRect() : undefined),
  );
  const calls = createCalls({ caller, translate, onChange: render });
  const press = createPress({ calls, trust, translate, refresh });
  /** The button whose bubble is open. */
  let speaking: Mark | undefined;
  let shownAt = 0;

  function labelOf({ number, text, extension }: Mark): string {
    const key = labels[calls.of(number).phase];
    if (key) return translate(key, { number: text });
    return extension ? translate('callExtension', { number: text, extension }) : translate('call', { number: text });
  }
  function dress(mark: Mark, button: CallButton): void {
    button.setPhase(calls.of(mark.number).phase, labelOf(mark));
  }
  function render(number: string): void {
    for (const [mark, button] of buttons) if (mark.number === number) dress(mark, button);
    if (speaking?.number === number) renderBubble(speaking);
  }
  function renderBubble(mark: Mark): void {
    const { phase, text } = calls.of(mark.number);
    closeBubble();
    if (!text) return;
    speaking = mark;
    shownAt = performance.now();
    const confirm = { label: translate('confirmYes'), press: onConfirm };
    const dismiss = { label: translate(phase === 'asking' ? 'confirmNo' : 'dismiss'), press: () => void dismissBubble() };
    bubble.show(
      mark.number,
      mark.text,
      text,
      phase,
      phase === 'asking' ? [confirm, dismiss] : phase === 'ringing' ? [] : [dismiss],
    );
    overlay.show(bubble.element);
    if (phase === 'asking' && bubble.confirm) trust.watch(bubble.confirm);
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
    const button = createCallButton(document, labelOf(mark), (event) => {
      speaking = mark;
      press.button(mark, button, event);
      renderBubble(mark);
    });
    buttons.set(mark, button);
    dress(mark, button);
    trust.watch(button.element);
    return button;
  }

  listenToKeyboard({
    window,
    marks,
    signal,
    close: dismissBubble,
    reveal(mark) {
      if (!buttons.get(mark)?.spot) {
        // To the middle: at the edge of the view the button itself would be cut, and not be trusted.
        mark.anchor.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
        place(mark);
      }
      const button = buttons.get(mark);
      return button?.spot ? button : undefined;
    },
  });
  window.addEventListener(
    'pointerdown',
    (event) => {
      if (event.isTrusted && !event.composedPath().includes(overlay.host as Element)) dismissBubble();
    },
    { capture: true, passive: true, signal },
  );

  return {
    buttonOf,
    drop(mark: Mark): void {
      const button = buttons.get(mark);
      if (!button) return;
      buttons.delete(mark);
      trust.unwatch(button.element);
      button.element.remove();
    },
    placeBubble(isDark: (mark: Mark) => boolean): void {
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
      trust.stop();
      calls.stop();
      buttons.clear();
    },
  };
}
