import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** When a part that the focus is in goes away, the focus is back where it was before the part came. */
export function useFocusBack(box: RefObject<HTMLElement | null>): void {
  // A layout effect ends while the part still stands in the document.
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      // What the part did last may have moved the focus on already.
      if (box.current?.contains(document.activeElement) && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [box]);
}
