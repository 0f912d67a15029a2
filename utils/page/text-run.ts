import { flowsInline } from './element-kinds.ts';
import type { Stretch } from './mark.ts';

/** Text nodes that read as one line of text, and for each the inline elements entered or left just before it. */
export interface TextRun {
  nodes: Text[];
  crossed: (Element[] | undefined)[];
}

// The digits that the finder reads.
const digit = /[\d٠-٩۰-۹०-९০-৯๐-๙０-９]/;
const endsInDigits = /[\d٠-٩۰-۹०-९০-৯๐-๙０-９][\s().\-–/]*$/;
const startsInDigits = /^[\s().\-–/+]*[\d٠-٩۰-۹०-९০-৯๐-๙０-９]/;

export function hasDigit(text: string): boolean {
  return digit.test(text);
}

/**
 * Parts a run where style breaks the line between digits (a `span` shown as a block, items of a flexbox). Only there is the
 * style asked for: a break between words changes no number.
 */
export function partRun({ nodes, crossed }: TextRun): Text[][] {
  if (nodes.length === 1) return [nodes];
  const parts: Text[][] = [];
  let part: Text[] = [];
  let before = '';
  for (const [index, node] of nodes.entries()) {
    const elements = crossed[index];
    if (elements && endsInDigits.test(before) && startsInDigits.test(node.data) && !elements.every(flowsInline)) {
      parts.push(part);
      part = [];
      before = '';
    }
    part.push(node);
    // Spaces between two inline elements are a node of their own; digits before them still count.
    before = node.data.trim() === '' ? before + node.data : node.data;
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

/** The text nodes directly in an element: all of its text when it has no element children. */
export function ownTexts(element: Node): Text[] {
  const texts: Text[] = [];
  for (let node = element.firstChild; node; node = node.nextSibling) if (node.nodeType === 3) texts.push(node as Text);
  return texts;
}
