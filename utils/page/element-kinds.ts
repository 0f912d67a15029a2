/** What an element means for text that flows through it, told from its tag alone; the rest is asked of its style. */
export type Kind = 'block' | 'inline' | 'custom' | 'skip' | 'break' | 'input' | 'link';

const kinds = new Map<string, Kind>();
const register = (kind: Kind, tags: string) => {
  for (const tag of tags.split(' ')) kinds.set(tag, kind);
};
register(
  'block',
  'address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer ' +
    'form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p pre search section summary svg table tbody ' +
    'td tfoot th thead tr ul',
);
// Not shown as text: text around them still flows on.
register('skip', 'script style noscript template link meta title head base source track param wbr');
// Shown, but as something that parts the text, or holds text that is typed or not for the eye.
register('break', 'br hr img textarea select option datalist iframe object embed canvas audio video progress meter picture map');
register('input', 'input');
register('link', 'a area');

export function kindOf(element: Element): Kind {
  const tag = element.localName;
  return kinds.get(tag) ?? (tag.includes('-') ? 'custom' : 'inline');
}

// dom.spec.whatwg.org, valid shadow host names, and any custom element.
const hosts = new Set('article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(' '));

/** The open shadow root of an element that can have one. */
export function openRootOf(element: Element, kind: Kind): ShadowRoot | null {
  return kind === 'custom' || hosts.has(element.localName) ? element.shadowRoot : null;
}

/** Whether text flows through an element without a break; asks the style, so only where tags do not decide. */
export function flowsInline(element: Element): boolean {
  const { display } = (element.ownerDocument.defaultView as Window).getComputedStyle(element);
  return display === 'inline' || display === 'contents' || display.startsWith('ruby');
}
