import { flowsInline } from './element-kinds.ts';
import type { Stretch } from './mark.ts';

/** Text nodes that read as one line of text, and for each the inline elements entered or left just before it. */
export interface TextRun {
  nodes: Text[];
  crossed: (Element[] | undefined)[];
}

// The digits that the finder reads.
const digit = /[\d٠-٩۰-۹०-९০-৯๐-๙０-９]/;
export const letterFirst = /^\p{L}/u;
const letterLast = /\p{L}$/u;
const separator = /[\s().\-–/+]/;
/** More separators than this between two digits end a number. */
const MOST_SEPARATORS = 8;

export function hasDigit(text: string): boolean {
  return digit.test(text);
}

/** Whether a number at the end of this text may continue in the next one. */
function endsInDigits(text: string): boolean {
  const least = Math.max(0, text.length - MOST_SEPARATORS);
  let at = text.length - 1;
  while (at >= least && isSeparator(text, at)) at--;
  return at >= least && isDigit(text, at);
}

/** Whether a number at the end of the previous text may continue in this one. */
function startsInDigits(text: string): boolean {
  const most = Math.min(text.length, MOST_SEPARATORS);
  let at = 0;
  while (at < most && isSeparator(text, at)) at++;
  return at < most && isDigit(text, at);
}

/** Whether the text holds separators only, so that a number may go on across it. */
function isGap(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isSeparator(text, at)) return false;
  return true;
}

// Fast paths for ASCII: every text of a page is tested, and nearly all begin and end in an ASCII letter, digit or space.
function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 ? code > 47 && code < 58 : digit.test(text.charAt(at));
}

function isSeparator(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return !(code > 47 && code < 123) && separator.test(text.charAt(at));
}

/**
 * Splits a run where styles break the line (a `span` shown as a block, items of a flexbox) between two digits, or between a
 * digit and a letter. Styles are computed only there: a break between words affects no number.
 */
export function partRun({ nodes, crossed }: TextRun): Text[][] {
  if (nodes.length === 1) return [nodes];
  const parts: Text[][] = [];
  let part: Text[] = [];
  /** Whether the texts so far end in digits, perhaps followed by a node of spaces between two inline elements. */
  let tail = false;
  for (const [index, node] of nodes.entries()) {
    const elements = crossed[index];
    const goesOn = tail && startsInDigits(node.data);
    const isSeam = elements && (goesOn || isGlued(part.at(-1)?.data ?? '', node.data));
    if (isSeam && (isApart(elements, goesOn) || !elements.every(flowsInline))) {
      parts.push(part);
      part = [];
    }
    part.push(node);
    tail = endsInDigits(node.data) || (tail && isGap(node.data));
  }
  parts.push(part);
  return parts;
}

/**
 * Whether the elements in between separate the two texts by their meaning: a footnote mark, the end of one link and the start of
 * the next, or a link beside a word.
 */
function isApart(elements: readonly Element[], isNumber: boolean): boolean {
  const names = elements.map(({ localName }) => localName);
  return names.includes('sup') || (isNumber ? names.indexOf('a') < names.lastIndexOf('a') : names.includes('a'));
}

/** Whether a digit and a letter are adjacent where two texts meet. */
function isGlued(before: string, after: string): boolean {
  return (isDigit(before, before.length - 1) && letterFirst.test(after)) || (isDigit(after, 0) && letterLast.test(before));
}

/**
 * Gives the place of `text.slice(start, end)` where `text` is the text of the nodes joined. Goes on from the place before, so that
 * many places asked for in the order of the text take one walk over the nodes.
 */
export function stretchesOf(nodes: readonly Text[]): (start: number, end: number) => Stretch | undefined {
  let index = 0;
  /** Offset of the node's first character. */
  let from = 0;
  function nodeAt(offset: number): Text | undefined {
    if (offset < from) index = from = 0;
    for (let node = nodes[index]; node; node = nodes[++index]) {
      const to = from + node.length;
      if (offset < to) return node;
      from = to;
    }
    return undefined;
  }
  return (start, end) => {
    const startContainer = nodeAt(start);
    const startOffset = start - from;
    const endContainer = nodeAt(end - 1);
    return startContainer && endContainer && { startContainer, startOffset, endContainer, endOffset: end - from };
  };
}
