import { propertyOf } from './property-of.ts';

/** How an element affects the text flowing through it, by its tag alone; `flowsInline` asks the style where tags do not tell. */
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
// Elements without content: text flows on around the first kind; the second kind breaks it.
register('skip', 'link meta base source track param wbr');
register('break', 'br hr img embed');
// Never displayed.
const hidden = register('skip', 'script style noscript template title head');
/** Elements whose text is typed by the user, or not displayed as text. */
export const apartTags: readonly string[] = register(
  'break',
  'textarea select option datalist iframe object canvas audio video progress meter picture map',
);
register('input', 'input');
register('link', 'a');

/** Elements whose text is not there to be read. */
export const unreadTags: readonly string[] = [...hidden, ...apartTags];

/** Elements that separate the text before them from the text after, whatever their style. */
export const partingTags: readonly string[] = [...kinds].flatMap(([tag, kind]) => (/block|break|input/.test(kind) ? tag : []));

export function kindOf(element: Element): Kind {
  return kindOfTag(propertyOf(element, 'localName'));
}

export function kindOfTag(tag: string): Kind {
  return kinds.get(tag) ?? (tag.includes('-') ? 'custom' : 'inline');
}

/** Whether text flows through an element without a break; computes the style, so call it only where tags do not decide. */
export function flowsInline(element: Element): boolean {
  const { display } = (element.ownerDocument.defaultView as Window).getComputedStyle(element);
  return display === 'inline' || display === 'contents' || display.startsWith('ruby');
}
