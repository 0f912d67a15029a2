/** Focuses a row's last button, which places the call. */
export function focusRow(row: HTMLElement, options: FocusOptions = { preventScroll: true }): void {
  ([...row.querySelectorAll('button')].at(-1) ?? row).focus(options);
}

/** Moves the focus from the search into the calls. */
export function focusFirstRow(): void {
  document.querySelector<HTMLElement>('.call .icon-button')?.focus();
}

/** Moves the focus from the history up to the calls placed just now; returns whether there are any. */
export function focusLastPlaced(): boolean {
  const last = placedRows().at(-1);
  if (last) focusRow(last, {});
  return last !== undefined;
}

/** Arrow keys move between the calls placed just now, and on to the history. */
export function walkPlaced(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const rows = placedRows();
  const from = rows.findIndex((row) => event.target instanceof Node && row.contains(event.target));
  if (step === undefined || from === -1 || isWriting(event.target)) return;
  event.preventDefault();
  const next = from + step === rows.length ? document.querySelector<HTMLElement>('[data-index].call') : rows[from + step];
  if (next) focusRow(next, {});
}

/** In a note or a reason these keys edit the text. */
export function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('textarea, select, input');
}

function placedRows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.placed')];
}
