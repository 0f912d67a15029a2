import { type Box, overlaps, type Ruler } from '../geometry.ts';
import type { Mark } from '../mark.ts';
import { buttonBox, type Spot } from '../spot.ts';

/** A number that wraps over several lines is looked for up to this far above and below its button. */
const LINES_PX = 60;

export function around(boxes: readonly Box[]): Box {
  return boxes.reduce((one, other) => ({
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  }));
}

/** The mark whose number or button is at a point of the viewport; measures only numbers whose button is near. */
export function markAt(
  buttons: Iterable<[Mark, { spot: Spot | undefined }]>,
  ruler: Ruler,
  x: number,
  y: number,
): Mark | undefined {
  const point = { left: x, top: y, right: x + 0.1, bottom: y + 0.1 };
  for (const [mark, { spot }] of buttons) {
    if (!spot || Math.abs(spot.y - y) > LINES_PX) continue;
    if (overlaps(buttonBox(spot), point) || ruler.boxesOf(mark).some((box) => overlaps(box, point))) return mark;
  }
  return undefined;
}
