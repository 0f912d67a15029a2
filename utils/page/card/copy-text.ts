/** Puts text on the clipboard; false when the browser does not let it. `beside`: an element of ours in the same root. */
export async function copyText(beside: HTMLElement, text: string): Promise<boolean> {
  const { ownerDocument: document } = beside;
  try {
    await (document.defaultView as Window).navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages on plain http have no clipboard API, and frames may not be allowed to use it: `execCommand` still works there.
    return copyBySelection(beside, text);
  }
}

function copyBySelection(beside: HTMLElement, text: string): boolean {
  const { ownerDocument: document } = beside;
  const root = beside.getRootNode() as ShadowRoot;
  const focused = root.activeElement ?? document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.style.cssText = 'position:fixed;opacity:0;width:1px;height:1px';
  root.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  (focused as HTMLElement | null)?.focus({ preventScroll: true });
  return done;
}
