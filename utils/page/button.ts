import type { Phase } from './calls.ts';
import { BUTTON_PX, type Spot } from './spot.ts';

export interface CallButton {
  element: HTMLButtonElement;
  /** Centre of the button in viewport coordinates; undefined before it is placed and once it is removed. */
  readonly spot: Spot | undefined;
  /** When the button arrived at its current place, as a `performance.now` timestamp. */
  readonly placedAt: number;
  place(spot: Spot, own: { x: number; y: number }, dark: boolean): void;
  remove(): void;
  /** `title`: the tooltip, for when there is no bubble to show the sentence. */
  setPhase(phase: Phase, label: string, title?: string): void;
}

/** A button that moves further counts as newly placed: a press there may have been aimed at what was there before. */
const MOVED_PX = 6;

interface ButtonHandlers {
  press(event: MouseEvent): void;
  /** The keyboard focus came or left; a press by pointer does not move the focus. */
  focus?(isFocused: boolean): void;
  /** Arrow down: moves the focus into the bubble or card beside the button. */
  enter?(): void;
  /** The pointer came over it. */
  approach?(): void;
}

export function createCallButton(document: Document, label: string, on: ButtonHandlers): CallButton {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'b';
  // Reached by the shortcut, not by Tab: a list of 500 customers must not add 500 tab stops to the page.
  element.tabIndex = -1;
  element.ariaLabel = label;
  element.addEventListener('pointerenter', () => on.approach?.());
  element.addEventListener('click', (event) => {
    event.preventDefault();
    on.press(event);
  });
  for (const type of ['focus', 'blur'] as const) element.addEventListener(type, () => on.focus?.(type === 'focus'));
  element.addEventListener('keydown', (event) => {
    // Ignores key repeat: a key that is held down presses once.
    if (event.key === 'Enter' && event.repeat) event.preventDefault();
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    on.enter?.();
  });

  let spot: Spot | undefined;
  let placedAt = 0;
  let phase: Phase = 'idle';
  let dark = false;
  let transform = '';
  const dress = () => {
    element.className = ['b', phase, dark && 'dark', spot?.side === 'corner' && 'tight'].filter(Boolean).join(' ');
  };

  return {
    element,
    get spot() {
      return spot;
    },
    get placedAt() {
      return placedAt;
    },
    place(next, own, onDark) {
      if (!spot || Math.hypot(next.x - spot.x, next.y - spot.y) > MOVED_PX) placedAt = performance.now();
      const changed = !spot || spot.side !== next.side || dark !== onDark;
      const moved = `translate(${own.x - BUTTON_PX / 2}px,${own.y - BUTTON_PX / 2}px)`;
      // Every write makes the browser paint again, even one that does not change the value.
      if (moved !== transform) element.style.transform = transform = moved;
      spot = next;
      dark = onDark;
      if (changed) dress();
    },
    remove() {
      spot = undefined;
      element.remove();
    },
    setPhase(next, nextLabel, title = '') {
      phase = next;
      element.title = title;
      element.ariaLabel = nextLabel;
      element.ariaBusy = String(next === 'placing');
      dress();
    },
  };
}
