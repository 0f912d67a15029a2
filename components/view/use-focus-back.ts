import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** When a part that holds the focus is removed, the focus returns to where it was before the part appeared. */
export function useFocusBack(box: RefObject<HTMLElement | null>): void {
  // A layout effect's clean-up runs while the part is still in the document.
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      // The part's last action may already have moved the focus on.
      if (box.current?.contains(document.activeElement) && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [box]);
}
