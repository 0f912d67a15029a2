import { useEffect } from 'preact/hooks';

const editable = 'input, select, textarea, [contenteditable]';

/** Keys that work from anywhere in the view: `/` goes to the search, a digit or `+` begins a number to call, `?` lists the keys. */
export function useViewKeys(
  enabled: boolean | undefined,
  setTyped: (change: (before: string | null) => string) => void,
  onHelp: () => void,
): void {
  useEffect(() => {
    if (!enabled) return;
    const ended = new AbortController();
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target instanceof Element && event.target.matches(editable)) return;
      if (event.key === '/') document.querySelector<HTMLElement>('.search .input')?.focus();
      else if (event.key === '?') onHelp();
      else if (/^[\d+]$/.test(event.key)) {
        const field = document.querySelector<HTMLInputElement>('.dial .input');
        // A following Enter also belongs to the field, not to the button that had the focus.
        field?.focus();
        setTyped((before) => (field && isSelectedWhole(field) ? '' : (before ?? '')) + event.key);
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey, { signal: ended.signal });
    return () => ended.abort();
  }, [enabled, setTyped, onHelp]);
}

function isSelectedWhole({ value, selectionStart, selectionEnd }: HTMLInputElement): boolean {
  return selectionStart === 0 && selectionEnd === value.length;
}
