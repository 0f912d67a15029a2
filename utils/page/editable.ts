import { unreadTags } from './element-kinds.ts';

// Roles whose content is typed: www.w3.org/TR/wai-aria-1.2. `.monaco-editor` and `.ace_editor` paint typed text into plain elements.
const typing = '[role~="textbox" i],[role~="searchbox" i],[role~="spinbutton" i],.monaco-editor,.ace_editor';
const rule = `[contenteditable],${typing}`;
const typed = `[contenteditable]:not([contenteditable="false" i]),${typing}`;
const unread = unreadTags.join(',');
const deciding = `${rule},${unread}`;

/**
 * Whether what an element shows is there to be read, and neither being written nor the inside of something that shows no text:
 * only there a button belongs. Of the elements with a say in writing the nearest decides, through shadow roots; a document in
 * design mode is written as a whole.
 */
export function isReadable(element: Element): boolean {
  if (element.ownerDocument.designMode === 'on') return false;
  for (let at: Element | null = element; at; at = hostOf(at)) {
    if (!at.closest(deciding)) continue;
    if (at.closest(unread)) return false;
    const nearest = at.closest(rule);
    if (nearest) return !nearest.matches(typed);
  }
  return true;
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root.nodeType === 11 ? (root as ShadowRoot).host : null;
}
