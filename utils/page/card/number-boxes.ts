import { type Box, overlaps, type Ruler } from '../geometry.ts';
import type { Mark } from '../mark.ts';
import { BUTTON_PX, type Spot } from '../spot.ts';

/** A number of several lines is looked for this far from its button. */
const LINES_PX = 60;

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
