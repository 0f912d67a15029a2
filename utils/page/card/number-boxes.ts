import { type Box, overlaps } from '../geometry.ts';
import type { Mark } from '../mark.ts';
import { BUTTON_PX, type Spot } from '../spot.ts';

/** A number of several lines is looked for this far from its button. */
const LINES_PX = 60;

/** The boxes of the lines a number stands on. Measures. */
export function numberBoxes({ anchor, stretch }: Mark): Box[] {
  if (!stretch) return [anchor.getBoundingClientRect()];
  const { startContainer, startOffset, endContainer, endOffset } = stretch;
  if (startOffset > startContainer.length || endOffset > endContainer.length) return [];
  const range = anchor.ownerDocument.createRange();
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  const boxes = [...range.getClientRects()];
  // A live range would make the page's edits dearer until it is collected.
  range.setStart(anchor.ownerDocument, 0);
  range.collapse(true);
  return boxes;
}

export function buttonBox({ x, y }: Spot): Box {
  const half = BUTTON_PX / 2;
  return { left: x - half, top: y - half, right: x + half, bottom: y + half };
}

export function around(boxes: readonly Box[]): Box {
  return boxes.reduce((one, other) => ({
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  }));
}

/** The number, or its button, at a point of the view; only those whose button is near are measured. */
export function markAt(spots: Iterable<[Mark, Spot | undefined]>, x: number, y: number): Mark | undefined {
  const point = { left: x, top: y, right: x + 0.1, bottom: y + 0.1 };
  for (const [mark, spot] of spots) {
    if (!spot || Math.abs(spot.y - y) > LINES_PX) continue;
    if (overlaps(buttonBox(spot), point) || numberBoxes(mark).some((box) => overlaps(box, point))) return mark;
  }
  return undefined;
}
