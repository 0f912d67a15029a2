import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/**
 * When what has the focus in a row goes away, the focus is on that row, else on the one that took its place, and on the box once none
 * is left. Not on a button there: a key that is still held must not press it.
 * @param rows selector of the rows
 */
export function useRowFocus(box: RefObject<HTMLElement | null>, rows = 'li'): void {
  const all = () => [...(box.current?.querySelectorAll<HTMLElement>(rows) ?? [])];
  // As it stands before this drawing.
  const before = all();
  const at = before.findIndex((row) => row.contains(document.activeElement));
  useLayoutEffect(() => {
    if (at === -1 || document.activeElement !== document.body) return;
    const left = all();
    const next = left.find((row) => row === before[at]) ?? left[at] ?? left.at(-1) ?? box.current;
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  });
}
