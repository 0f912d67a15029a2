import { sayInMarkup } from './editable.ts';
import { kindOfTag, partingTags } from './element-kinds.ts';

// Elements whose text is not the page's and may look like tags; comments too, which do not separate texts.
const apart = /<!--.*?-->|<(script|style|noscript|template)\b.*?<\/\1>/gs;

// Digits that may continue after inline tags; a quoted attribute may contain `>`.
const split = `\\d[^<\\w]{0,8}(?:<\\/?(?!(?:${partingTags.join('|')})[\\s/>])[^>"]*(?:"[^"]*"[^>"]*)*>[^<\\w]{0,8})+\\d`;

const endOfName = ' />\n';
const childless = /^(?:area|br|embed|hr|img|input|link|meta|source|track|wbr)$/;

/** Count of the opening tags of one name up to a position in the markup: the n-th tag is the n-th element of that name. */
interface Tally {
  name: string;
  elements: HTMLCollectionOf<Element>;
  at: number;
  count: number;
}

/**
 * Searches the markup of a tree for texts that may hold numbers: a browser serialises the markup in a third of the time that
 * visiting the text nodes one by one takes, and most of them hold no number. Valid as long as the tree does not change.
 */
export function createMarkupSearch(tree: Element, hints: RegExp) {
  const markup = tree.innerHTML.replaceAll('&nbsp;', '\u00a0').replace(apart, '');
  const pattern = new RegExp(`${hints.source}|${split}`, 'g');
  const tallies = new Map<string, Tally>();
  /** Positions in the markup: the tag before the last text found, and the end of that text. */
  let tag = 0;
  let end = 0;

  // Cached: most texts follow a tag of the same name as the text before.
  let name = '';
  let kind = kindOfTag(name);
  let closing = '';
  const isNameAt = (open: number, name: string): boolean =>
    markup.startsWith(name, open + 1) && endOfName.includes(markup.charAt(open + 1 + name.length));
  const readName = (open: number): void => {
    if (isNameAt(open, name)) return;
    name = /[^\s/>]*/.exec(markup.slice(open + 1, open + 80))?.[0] ?? '';
    kind = kindOfTag(name);
    closing = `</${name}>`;
  };
  const countTo = (tally: Tally, limit: number): void => {
    const start = `<${tally.name}`;
    for (let at = markup.indexOf(start, tally.at); at >= 0 && at <= limit; at = markup.indexOf(start, at + 1)) {
      tally.at = at + 1;
      if (isNameAt(at, tally.name)) tally.count++;
    }
  };

  return {
    /** The next text in document order, as written in the markup: entities are not decoded. */
    next(): string | undefined {
      while (pattern.test(markup)) {
        const at = pattern.lastIndex - 1;
        tag = markup.lastIndexOf('<', at);
        const start = markup.lastIndexOf('>', at) + 1;
        const isInTag = tag >= start;
        const next = markup.indexOf(isInTag ? '>' : '<', at);
        end = next < 0 ? markup.length : next;
        pattern.lastIndex = end;
        if (!isInTag) return markup.slice(start, end);
      }
      return undefined;
    },
    /** Whether the text is the whole content of a block, with no entities to decode. */
    isWhole(text: string): boolean {
      if (tag < 0) return false;
      readName(tag);
      return kind === 'block' && markup.startsWith(closing, end) && !text.includes('&');
    },
    /** The parent element of the text. */
    parent(): Element {
      let open = tag;
      let closed = 0;
      for (; open >= 0 && '/!'.includes(markup.charAt(open + 1)); closed++) open = markup.lastIndexOf('<', open - 1);
      if (open < 0) return tree;
      readName(open);
      let tally = tallies.get(name);
      if (!tally) {
        tally = { name, elements: tree.getElementsByTagName(name), at: 0, count: 0 };
        tallies.set(name, tally);
      }
      countTo(tally, open);
      let element: Element | null = tally.elements.item(tally.count - 1);
      if (childless.test(name)) closed++;
      for (; closed > 0 && element !== tree; closed--) element = element?.parentElement ?? null;
      return element ?? tree;
    },
    /** Whether the counted tags match the elements one to one; they do not where text or attributes look like tags. */
    isTrue: (): boolean =>
      [...tallies.values()].every((tally) => {
        countTo(tally, markup.length);
        return tally.count === tally.elements.length;
      }),
    /** Whether nothing in the tree makes text editable or unread: then all of it is as readable as the text around the tree. */
    isPlain: (): boolean => !sayInMarkup.test(markup),
  };
}
