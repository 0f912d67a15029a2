/**
 * Hides from the page that the focus enters our elements: a dialog of the page would take it back, a menu would close. The page's
 * element that loses the focus to us, or regains it, gets an event without `relatedTarget`, as when the whole window does.
 */
export function keepFocusApart(window: Window & typeof globalThis, host: () => Element | undefined, signal: AbortSignal): void {
  for (const type of ['focusin', 'focusout'] as const)
    window.addEventListener(
      type,
      (event) => {
        const own = host();
        if (!own) return;
        const path = event.composedPath();
        const isOurs = path.includes(own);
        if (!isOurs && event.relatedTarget !== own) return;
        event.stopImmediatePropagation();
        if (!isOurs) path[0]?.dispatchEvent(new window.FocusEvent(type, { bubbles: true, composed: true }));
      },
      { capture: true, signal },
    );
}
