import type { Mark } from './mark.ts';
import { callOn } from './property-of.ts';

interface TelLinksDeps {
  window: Window & typeof globalThis;
  marks: () => Iterable<Mark>;
  /** Asks in our bubble whether to call; false where the bubble would not be visible. `isByKey`: moves the focus into it. */
  ask: (mark: Mark, isByKey: boolean) => boolean;
  signal: AbortSignal;
}

/**
 * Takes clicks on `tel:` and `callto:` links that show a number. A link belongs to the page and may look like anything, so a
 * click on it never calls: our bubble opens, repeats the number and asks, and only a press in the bubble calls.
 */
export function listenToTelLinks({ window, marks, ask, signal }: TelLinksDeps): void {
  window.addEventListener(
    'click',
    (event) => {
      // Bubbling at the window, after the page's listeners: clicks that the page handles (a CRM with calls) are left alone.
      const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      if (!event.isTrusted || !isPlain || event.defaultPrevented) return;
      if (marksInLink(event, window, marks).some((mark) => ask(mark, event.detail === 0))) event.preventDefault();
    },
    { signal },
  );
}

interface LinkFocusDeps extends Omit<TelLinksDeps, 'ask'> {
  /** The focus came to the call link of a number by keyboard, or left it. */
  focused: (mark: Mark, isFocused: boolean) => void;
}

/** Reports the focus on call links, so that keyboard users get the card that pointer users get. */
export function watchLinkFocus({ window, marks, focused, signal }: LinkFocusDeps): void {
  for (const type of ['focusin', 'focusout'] as const)
    window.addEventListener(
      type,
      (event) => {
        const isFocused = type === 'focusin';
        const [mark] = marksInLink(event, window, marks);
        if (mark && (!isFocused || callOn(mark.anchor, 'closest', 'a:focus-visible'))) focused(mark, isFocused);
      },
      { capture: true, passive: true, signal },
    );
}

/** The numbers shown by the call link that an event is about. */
function marksInLink(event: Event, window: Window & typeof globalThis, marks: () => Iterable<Mark>): Mark[] {
  const link = event.composedPath().find((node) => node instanceof window.HTMLAnchorElement && /^(tel|callto):/i.test(node.href));
  return link ? [...marks()].filter(({ anchor }) => (link as Element).contains(anchor)) : [];
}
