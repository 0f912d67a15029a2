/** What an element means for text that flows through it, told from its tag alone; the rest is asked of its style. */
export type Kind = 'block' | 'inline' | 'custom' | 'skip' | 'break' | 'input' | 'link';

const kinds = new Map<string, Kind>();
const register = (kind: Kind, tags: string): string[] => {
  const list = tags.split(' ');
  for (const tag of list) kinds.set(tag, kind);
  return list;
};
register(
  'block',
  'article aside blockquote body button dd details dialog div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 ' +
    'header html li main nav ol p pre section summary svg table tbody td tfoot th thead tr ul',
);
// Without content: text around the first flows on, the second part it.
register('skip', 'link meta base source track param wbr');
register('break', 'br hr img embed');
// Not shown as text, and shown as something that holds text which is typed or not for the eye.
const hidden = register('skip', 'script style noscript template title head');
/** Elements that hold text which is not shown as such, or is typed. */
export const apartTags: readonly string[] = register(
  'break',
  'textarea select option datalist iframe object canvas audio video progress meter picture map',
);
register('input', 'input');
register('link', 'a');

/** Elements whose text nobody reads. */
export const unreadTags: readonly string[] = [...hidden, ...apartTags];

/** Elements that part the text before them from the text after, whatever their style says. */
export const partingTags: readonly string[] = [...kinds].flatMap(([tag, kind]) => (/block|break|input/.test(kind) ? tag : []));

export function kindOf(element: Element): Kind {
  return kindOfTag(element.localName);
}

export function kindOfTag(tag: string): Kind {
  return kinds.get(tag) ?? (tag.includes('-') ? 'custom' : 'inline');
}

/** Whether text flows through an element without a break; asks the style, so only where tags do not decide. */
export function flowsInline(element: Element): boolean {
  const { display } = (element.ownerDocument.defaultView as Window).getComputedStyle(element);
  return display === 'inline' || display === 'contents' || display.startsWith('ruby');
}
