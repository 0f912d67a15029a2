import { useLayoutEffect } from 'preact/hooks';

/**
 * When the focused element of a call is removed, focuses that call's row, or the row that took its place if the call is gone
 * too. Never focuses a button: pressing the same key once more must not call the next number.
 */
export function useCallFocus(): void {
  // The focused row before this render.
  const row = document.activeElement?.closest<HTMLElement>('.call');
  useLayoutEffect(() => {
    if (!row || document.activeElement !== document.body) return;
    const listed = [...document.querySelectorAll<HTMLElement>('.call[data-index]')];
    const next = listed.find(({ dataset }) => Number(dataset.index) >= Number(row.dataset.index ?? 0)) ?? listed.at(-1);
    (row.isConnected ? row : (next ?? document.querySelector<HTMLElement>('.placed')))?.focus({ preventScroll: true });
  });
}
