import type { CallButton } from './button.ts';
import { viewOf } from './geometry.ts';
import type { Mark } from './mark.ts';
import type { Overlay } from './overlay.ts';
import { placeBeside } from './place-beside.ts';

/** A sentence beside a button until the next press, where there is no desk whose bubble would say it. A live region, as that. */
export function createNotice(window: Window, overlay: Overlay, signal: AbortSignal) {
  const element = window.document.createElement('div');
  element.className = 'bubble failed';
  element.role = 'status';
  let about: [Mark, CallButton] | undefined;

  function hide(): void {
    about = undefined;
    element.remove();
  }

  return {
    say(mark: Mark, button: CallButton, text: string): void {
      about = [mark, button];
      overlay.show(element);
      element.textContent = text;
      window.addEventListener('pointerdown', hide, { capture: true, once: true, passive: true, signal });
    },
    place(isDark: (mark: Mark) => boolean): void {
      if (!about) return;
      const [mark, { spot }] = about;
      element.hidden = !spot;
      if (spot) placeBeside(element, spot, { view: viewOf(window), toOwn: overlay.toOwn, dark: isDark(mark) });
    },
    hide,
  };
}
