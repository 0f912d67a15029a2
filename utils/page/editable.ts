// Roles whose content is typed: www.w3.org/TR/wai-aria-1.2. `.monaco-editor` and `.ace_editor` paint typed text into plain elements.
const typed =
  '[contenteditable]:not([contenteditable="false" i]), [role~="textbox" i], [role~="searchbox" i], [role~="spinbutton" i], ' +
  '.monaco-editor, .ace_editor';
const rule = '[contenteditable], [role~="textbox" i], [role~="searchbox" i], [role~="spinbutton" i], .monaco-editor, .ace_editor';

/**
 * Whether text at an element is being written rather than read: no button belongs there. The nearest element with a say
 * decides, through shadow roots; a document in design mode is editable as a whole.
 */
export function isEditable(element: Element): boolean {
  if (element.ownerDocument.designMode === 'on') return true;
  for (let at: Element | null = element; at; ) {
    // Most elements of a long table have no attribute, and what has none needs no matching.
    if (at.hasAttributes() && at.matches(rule)) return at.matches(typed);
    const parent: Node | null = at.parentNode;
    at = parent?.nodeType === 11 ? ((parent as ShadowRoot).host ?? null) : at.parentElement;
  }
  return false;
}
