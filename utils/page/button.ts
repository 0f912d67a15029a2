import type { Phase } from './calls.ts';
import { BUTTON_PX, type Spot } from './spot.ts';

export interface CallButton {
  element: HTMLButtonElement;
  /** Middle of the button in the view; undefined before it is placed and once removed. */
  readonly spot: Spot | undefined;
  /** When it last came to its place, on the clock of `performance.now`. */
  readonly placedAt: number;
  place(spot: Spot, own: { x: number; y: number }, dark: boolean): void;
  remove(): void;
  /** `title`: said to whoever rests on it, where there is no bubble to say it. */
  setPhase(phase: Phase, label: string, title?: string): void;
}

/** Further than this is another place: whoever aimed at what was there before did not mean this button. */
const MOVED_PX = 6;

export interface ButtonHandlers {
  press(event: MouseEvent): void;
  /** By keyboard; the pointer's presses leave the focus where it is. */
  focus?(isFocused: boolean): void;
  /** Arrow down: into what is open beside it. */
  enter?(): void;
  /** The pointer came over it. */
  approach?(): void;
}

export function createCallButton(document: Document, label: string, on: ButtonHandlers): CallButton {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'b';
  // Reached by the shortcut, not by Tab: a list of 500 customers must not put 500 stops behind the page's own.
  element.tabIndex = -1;
  element.ariaLabel = label;
  element.addEventListener('pointerenter', () => on.approach?.());
  element.addEventListener('click', (event) => {
    event.preventDefault();
    on.press(event);
  });
  for (const type of ['focus', 'blur'] as const) element.addEventListener(type, () => on.focus?.(type === 'focus'));
  element.addEventListener('keydown', (event) => {
    // A key that is held down presses once.
    if (event.key === 'Enter' && event.repeat) event.preventDefault();
    if (event.key !== 'ArrowDown' || !event.isTrusted) return;
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
      // Every write would have the page painted once more, also one that changes nothing.
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
