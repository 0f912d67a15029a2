/**
 * Keeps from the page that the focus comes to what we show: a dialog of its would take it back, a menu close. What loses the focus
 * to us or gets it back is told so as when the whole window does, by an event that names nobody on the other side.
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
