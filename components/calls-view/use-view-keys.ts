import { useEffect } from 'preact/hooks';

/** The number field's own limit. */
const mostPasted = 120;
const editable = 'input, select, textarea, [contenteditable]';

/**
 * Keys that work from anywhere in the view: `/` goes to the search, `o` to the outcomes of the call that just ended, a digit or `+`
 * begins a number to call, a number that is pasted goes into its field, `?` lists the keys.
 */
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
      if (isEditable(event.target)) return;
      if (event.key === '/') document.querySelector<HTMLElement>('.search .input')?.focus();
      else if (event.key === 'o') document.querySelector<HTMLElement>('.outcomes [tabindex="0"]')?.focus();
      else if (event.key === '?') onHelp();
      else if (/^[\d+]$/.test(event.key)) {
        const field = document.querySelector<HTMLInputElement>('.dial .input');
        // A following Enter also belongs to the field, not to the button that had the focus.
        field?.focus();
        setTyped((before) => (field && isSelectedWhole(field) ? '' : (before ?? '')) + event.key);
      } else return;
      event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text').trim() ?? '';
      if (isEditable(event.target) || text.length > mostPasted || !/\d/.test(text)) return;
      // A following Enter must not press the button that had the focus, also while the field loads.
      (document.activeElement as HTMLElement | null)?.blur();
      document.querySelector<HTMLElement>('.dial .input')?.focus();
      setTyped(() => text);
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey, { signal: ended.signal });
    document.addEventListener('paste', onPaste, { signal: ended.signal });
    return () => ended.abort();
  }, [enabled, setTyped, onHelp]);
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(editable);
}

function isSelectedWhole({ value, selectionStart, selectionEnd }: HTMLInputElement): boolean {
  return selectionStart === 0 && selectionEnd === value.length;
}
