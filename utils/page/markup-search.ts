import { sayInMarkup } from './editable.ts';
import { kindOfTag, partingTags } from './element-kinds.ts';

// What holds text that is none of the page's, and might look like tags; comments part no text.
const apart = /<!--.*?-->|<(script|style|noscript|template)\b.*?<\/\1>/gs;

// Digits that may go on behind tags that part no text; an attribute may hold what ends a tag.
const split = `\\d[^<\\w]{0,8}(?:<\\/?(?!(?:${partingTags.join('|')})[\\s/>])[^>"]*(?:"[^"]*"[^>"]*)*>[^<\\w]{0,8})+\\d`;

const endOfName = ' />\n';
const childless = /^(?:area|br|embed|hr|img|input|link|meta|source|track|wbr)$/;

/** The tags of one name up to a place in the markup, beside the elements that they stand for. */
interface Tally {
  name: string;
  elements: HTMLCollectionOf<Element>;
  at: number;
  count: number;
}

/**
 * Looks through the markup of a tree for texts in which numbers may be: a browser writes the markup in a third of the time that
 * handing out the texts one by one takes it, and most of them are in no number. Holds as long as the tree stays as it is.
 */
export function createMarkupSearch(tree: Element, hints: RegExp) {
  const markup = tree.innerHTML.replaceAll('&nbsp;', '\u00a0').replace(apart, '');
  const pattern = new RegExp(`${hints.source}|${split}`, 'g');
  const tallies = new Map<string, Tally>();
  /** The tag before the text found last, and where the text ends. */
  let tag = 0;
  let end = 0;

  // Most texts stand behind the same tag as those before.
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
    /** The next text in the order of the document; of one with entities only as it is written. */
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
    /** Whether it is all that a block of its own says, as it says it. */
    isWhole(text: string): boolean {
      if (tag < 0) return false;
      readName(tag);
      return kind === 'block' && markup.startsWith(closing, end) && !text.includes('&');
    },
    /** The element that holds it. */
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
    /** Whether the tags that were counted stand one to one for elements, as all do unless text or attributes look like tags. */
    isTrue: (): boolean =>
      [...tallies.values()].every((tally) => {
        countTo(tally, markup.length);
        return tally.count === tally.elements.length;
      }),
    /** Whether in all of the tree text is there to be read if it is around the tree. */
    isPlain: (): boolean => !sayInMarkup.test(markup),
  };
}
