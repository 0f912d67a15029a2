import type { CallButton } from './button.ts';
import { viewOf } from './geometry.ts';
import type { Mark } from './mark.ts';
import type { Overlay } from './overlay.ts';
import { placeBeside } from './place-beside.ts';

/** A sentence beside a button until the next press, for when no desk is loaded whose bubble could say it. A live region, too. */
export function createNotice(window: Window, overlay: Overlay, buttons: ReadonlyMap<Mark, CallButton>, signal: AbortSignal) {
  const element = window.document.createElement('div');
  element.className = 'bubble failed';
  element.role = 'status';
  let about: Mark | undefined;

  function hide(): void {
    about = undefined;
    element.remove();
  }

  /** A button was made: if it is the notice's own, made anew, it shows the failure again. */
  function met(mark: Mark): void {
    const text = element.textContent;
    if (mark === about) buttons.get(mark)?.setPhase('failed', text, text);
  }

  return {
    met,
    say(mark: Mark, text: string): void {
      about = mark;
      overlay.show(element);
      element.textContent = text;
      met(mark);
      window.addEventListener('pointerdown', hide, { capture: true, once: true, passive: true, signal });
    },
    place(isDark: (mark: Mark) => boolean): void {
      if (!about) return;
      const spot = buttons.get(about)?.spot;
      element.hidden = !spot;
      if (spot) placeBeside(element, spot, { view: viewOf(window), toOwn: overlay.toOwn, dark: isDark(about) });
    },
    hide,
  };
}
