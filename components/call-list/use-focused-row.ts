import { useLayoutEffect } from 'preact/hooks';

/**
 * When what has the focus in a call goes away, the focus is on that call, and where the call went too, on the one that took its place.
 * On no button there: a key that is pressed once more must not call the next one.
 */
export function useFocusedRow(): void {
  // As it stands before this drawing.
  const row = document.activeElement?.closest<HTMLElement>('.call');
  useLayoutEffect(() => {
    if (!row || document.activeElement !== document.body) return;
    const listed = [...document.querySelectorAll<HTMLElement>('.call[data-index]')];
    const next = listed.find(({ dataset }) => Number(dataset.index) >= Number(row.dataset.index ?? 0)) ?? listed.at(-1);
    (row.isConnected ? row : (next ?? document.querySelector<HTMLElement>('.placed')))?.focus({ preventScroll: true });
  });
}
