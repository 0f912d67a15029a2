import type { Mark } from './mark.ts';

export interface TelLinksDeps {
  window: Window & typeof globalThis;
  marks: () => Iterable<Mark>;
  /** Asks the person, in our bubble, whether to call; false where the bubble could not be seen. `isByKey`: the focus goes there. */
  ask: (mark: Mark, isByKey: boolean) => boolean;
  signal: AbortSignal;
}

/**
 * Takes clicks on `tel:` and `callto:` links that show a number. A link is the page's own and may look like anything, so a
 * click on it never calls: it asks, with the number in words of ours, and the press that counts is the one on our bubble.
 */
export function listenToTelLinks({ window, marks, ask, signal }: TelLinksDeps): void {
  window.addEventListener(
    'click',
    (event) => {
      // Last of all listeners: what the page has taken for itself, such as a CRM with calls of its own, is left alone.
      const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      if (!event.isTrusted || !isPlain || event.defaultPrevented) return;
      const link = event
        .composedPath()
        .find((node) => node instanceof window.HTMLAnchorElement && /^(tel|callto):/i.test(node.href));
      if (!link) return;
      for (const mark of marks())
        if ((link as Element).contains(mark.anchor) && ask(mark, event.detail === 0)) {
          event.preventDefault();
          return;
        }
    },
    { signal },
  );
}
