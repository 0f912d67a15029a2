import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/**
 * When the focused element of a row is removed, focuses that row, else the row that took its place, and the box once no row is
 * left. Never focuses a button: a key that is still held down must not press it.
 * @param rows selector of the rows
 */
export function useRowFocus(box: RefObject<HTMLElement | null>, rows = 'li'): void {
  const all = () => [...(box.current?.querySelectorAll<HTMLElement>(rows) ?? [])];
  // The rows before this render.
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
