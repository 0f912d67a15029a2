import { apartTags, unreadTags } from './element-kinds.ts';
import { callOn } from './property-of.ts';

// Roles whose content is typed: www.w3.org/TR/wai-aria-1.2. `.monaco-editor` and `.ace_editor` paint typed text into plain elements.
const typing = '[role~="textbox" i],[role~="searchbox" i],[role~="spinbutton" i],.monaco-editor,.ace_editor';
const rule = `[contenteditable],${typing}`;
const typed = `[contenteditable]:not([contenteditable="false" i]),${typing}`;
const unread = new Set(unreadTags);

/** Matches markup in which an element may make text editable or not, or holds text that is not displayed. */
export const sayInMarkup = new RegExp(
  `contenteditable|role="[^"]*(?:textbox|searchbox|spinbutton)|monaco-editor|ace_editor|<(?:${apartTags.join('|')})[ >]`,
  'i',
);

/** What an element means for its text: `unread` is not displayed as text, `written` is edited, `open` is there to be read. */
type Say = 'unread' | 'written' | 'open';

/** Answers during one reading of the page, by parent element. */
export type SayCache = Map<Element, Say>;

/**
 * Whether the text of an element is there to be read: only there a button belongs. The nearest ancestor that makes text
 * editable or not decides, through shadow roots; a document in design mode is editable as a whole.
 */
export function isReadable(element: Element, known: SayCache = new Map()): boolean {
  return element.ownerDocument.designMode !== 'on' && sayOf(element, known) === 'open';
}

function sayOf(element: Element, known: SayCache): Say {
  if (unread.has(element.localName)) return 'unread';
  const around = sayAround(element.parentNode, known);
  // An element without attributes needs no matching, and most elements of a long table have none.
  if (around === 'unread' || !element.hasAttributes() || !callOn(element, 'matches', rule)) return around;
  return callOn(element, 'matches', typed) ? 'written' : 'open';
}

function sayAround(parent: ParentNode | null, known: SayCache): Say {
  if (parent?.nodeType === 11) return sayAround((parent as ShadowRoot).host ?? null, known);
  if (parent?.nodeType !== 1) return 'open';
  let say = known.get(parent as Element);
  if (!say) {
    say = sayOf(parent as Element, known);
    known.set(parent as Element, say);
  }
  return say;
}
