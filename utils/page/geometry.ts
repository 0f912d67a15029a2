import type { Mark } from './mark.ts';

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Margin around the viewport in which numbers are already measured, so that buttons are in place when scrolled into view. */
export const AHEAD_PX = 300;

/** Measures marks with one Range for all of them: each live Range makes every DOM edit of the page slower. */
export function createRuler(document: Document) {
  let range: Range | undefined;
  const rangeOf = (start: Text, from: number, end: Text, to: number): Range => {
    range ??= document.createRange();
    range.setStart(start, from);
    range.setEnd(end, to);
    return range;
  };
  const boxesOf = ({ anchor, stretch }: Mark): DOMRect[] => {
    if (!stretch) return [anchor.getBoundingClientRect()];
    const { startContainer, startOffset, endContainer, endOffset } = stretch;
    if (startOffset > startContainer.length || endOffset > endContainer.length) return [];
    return [...rangeOf(startContainer, startOffset, endContainer, endOffset).getClientRects()];
  };
  return {
    /** The boxes of the lines a number stands on. */
    boxesOf,
    /** The box of the last line of a number; undefined when it is not laid out. */
    endOf(mark: Mark): Box | undefined {
      const box = boxesOf(mark).at(-1);
      return box && filled(box);
    },
    /** The box of the nearest non-space character after the number, or before it. */
    beside(mark: Mark, after: boolean): Box | undefined {
      if (!mark.stretch) return undefined;
      const { startContainer, startOffset, endContainer, endOffset } = mark.stretch;
      let node: Text | null = after ? endContainer : startContainer;
      let offset = after ? nextWritten(node.data, endOffset) : lastWritten(node.data, startOffset);
      const walker = document.createTreeWalker(node.getRootNode(), NodeFilter.SHOW_TEXT);
      walker.currentNode = node;
      for (let tries = 0; offset < 0 && tries < 4; tries++) {
        node = (after ? walker.nextNode() : walker.previousNode()) as Text | null;
        if (!node) return undefined;
        offset = after ? nextWritten(node.data, 0) : lastWritten(node.data, node.length);
      }
      if (offset < 0) return undefined;
      return filled(rangeOf(node, offset, node, offset + 1).getBoundingClientRect());
    },
    /** Detaches the Range from the page's nodes. */
    rest(): void {
      range?.setStart(document, 0);
      range?.collapse(true);
    },
  };
}
export type Ruler = ReturnType<typeof createRuler>;

function nextWritten(text: string, from: number): number {
  const found = text.slice(from, from + 40).search(/\S/);
  return found < 0 ? found : from + found;
}

function lastWritten(text: string, to: number): number {
  return text.slice(0, to).trimEnd().length - 1;
}

function filled(box: DOMRect): Box | undefined {
  return box.width > 0 && box.height > 0 ? box : undefined;
}

export function overlaps(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** The viewport. */
export function viewOf(window: Window): Box {
  const { clientWidth, clientHeight } = window.document.documentElement;
  // In quirks mode the root is as tall as the document.
  return {
    left: 0,
    top: 0,
    right: clientWidth || window.innerWidth,
    bottom: Math.min(clientHeight || window.innerHeight, window.innerHeight),
  };
}

/** The part of the viewport that a person sees, also after zooming in with two fingers. */
export function seenOf(window: Window): Box {
  const view = viewOf(window);
  const { scale = 1, offsetLeft: left = 0, offsetTop: top = 0, width = 0, height = 0 } = window.visualViewport ?? {};
  return scale > 1 ? { left, top, right: Math.min(view.right, left + width), bottom: Math.min(view.bottom, top + height) } : view;
}

export function grown(box: Box, by: number): Box {
  return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}

export function contains(box: Box, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
