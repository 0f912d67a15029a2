import { flowsInline } from './element-kinds.ts';
import type { Stretch } from './mark.ts';

/** Text nodes that read as one line of text, and for each the inline elements entered or left just before it. */
export interface TextRun {
  nodes: Text[];
  crossed: (Element[] | undefined)[];
}

// The digits that the finder reads.
const digit = /[\d٠-٩۰-۹०-९০-৯๐-๙０-９]/;
const separators = new Set(' \t\n\r\u00a0().-–/+');
/** More separators than this between two digits part any number. */
const MOST_SEPARATORS = 8;

export function hasDigit(text: string): boolean {
  return digit.test(text);
}

/** Whether a number may go on in the text after this one. */
export function endsInDigits(text: string): boolean {
  const { length } = text;
  for (let at = length - 1; at >= 0 && length - at <= MOST_SEPARATORS; at--)
    if (!separators.has(text.charAt(at))) return digit.test(text.charAt(at));
  return false;
}

/** Whether a number may go on here from the text before this one. */
export function startsInDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!separators.has(text.charAt(at))) return digit.test(text.charAt(at));
  return false;
}

/** Whether nothing in the text parts the digits before it from those after it. */
export function isGap(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!separators.has(text.charAt(at))) return false;
  return true;
}

/**
 * Parts a run where style breaks the line between digits (a `span` shown as a block, items of a flexbox). Only there is the
 * style asked for: a break between words changes no number.
 */
export function partRun({ nodes, crossed }: TextRun): Text[][] {
  if (nodes.length === 1) return [nodes];
  const parts: Text[][] = [];
  let part: Text[] = [];
  /** Whether digits stand before, perhaps with spaces between two inline elements, which are a node of their own. */
  let tail = false;
  for (const [index, node] of nodes.entries()) {
    const elements = crossed[index];
    if (elements && tail && startsInDigits(node.data) && !elements.every(flowsInline)) {
      parts.push(part);
      part = [];
    }
    part.push(node);
    tail = endsInDigits(node.data) || (tail && isGap(node.data));
  }
  parts.push(part);
  return parts;
}

/** The place of `text.slice(start, end)` where `text` is the text of the nodes joined. */
export function stretchOf(nodes: readonly Text[], start: number, end: number): Stretch | undefined {
  let startContainer: Text | undefined;
  let startOffset = 0;
  let from = 0;
  for (const node of nodes) {
    const to = from + node.length;
    if (!startContainer && start < to) {
      startContainer = node;
      startOffset = start - from;
    }
    if (startContainer && end <= to) return { startContainer, startOffset, endContainer: node, endOffset: end - from };
    from = to;
  }
  return undefined;
}
