import { type Box, contains, overlaps, type Ruler } from './geometry.ts';
import type { Mark } from './mark.ts';
import { callOn } from './property-of.ts';
import { topmostAt } from './sight.ts';

/** Side length of a button's hit area in CSS pixels; the drawn button is smaller. */
export const BUTTON_PX = 24;
const DRAWN_PX = 18;
const GAP_PX = 2;

/** After the number, before it, or on its upper corner: there it overlaps the page and is drawn smaller. */
export type Side = 'after' | 'before' | 'corner';

/** Centre of a button in the view. */
export interface Spot {
  x: number;
  y: number;
  side: Side;
}

const taken = 'a, button, input, select, textarea, img, svg, canvas, video, iframe, [role="button"], [tabindex]';

export function spotAt(side: Side, box: Box, view: Box): Spot {
  const y = (box.top + box.bottom) / 2;
  const step = GAP_PX + DRAWN_PX / 2;
  if (side === 'after') return { x: box.right + step, y, side };
  if (side === 'before') return { x: box.left - step, y, side };
  return { x: Math.min(box.right, view.right - DRAWN_PX / 2), y: Math.max(box.top, view.top + DRAWN_PX / 2), side };
}

/** Where the button of a number can stand without covering anything of the page: right after it if there is room. */
export function chooseSide(mark: Mark, box: Box, view: Box, ruler: Ruler, host: Element | undefined): Side {
  const { direction } = (mark.anchor.ownerDocument.defaultView as Window).getComputedStyle(mark.anchor);
  // Digits read left to right in every script, but a right-to-left line has its free room on the left.
  const sides: Side[] = direction === 'rtl' ? ['before', 'after'] : ['after', 'before'];
  return sides.find((side) => isFree(spotAt(side, box, view), mark, view, ruler, host)) ?? 'corner';
}

/** The hit area of a button. */
export function buttonBox({ x, y }: Spot): Box {
  const half = BUTTON_PX / 2;
  return { left: x - half, top: y - half, right: x + half, bottom: y + half };
}

function isFree(spot: Spot, mark: Mark, view: Box, ruler: Ruler, host: Element | undefined): boolean {
  const { x, y, side } = spot;
  const area = buttonBox(spot);
  const { left, right } = area;
  if (left < view.left || right > view.right) return false;
  // On a right-to-left line the text after the number stands on its left.
  for (const after of [true, false]) {
    const beside = ruler.beside(mark, after);
    if (beside && overlaps(beside, area)) return false;
  }
  const { anchor } = mark;
  // The number is alone in an element with enough room: nothing else can be there.
  const cell = mark.stretch && anchor.firstElementChild === null && callOn(anchor, 'getBoundingClientRect');
  if (cell && contains(cell, left, y) && contains(cell, right, y)) return true;
  // The outer edge as well: a press on the edge of the next control must not call.
  return [x, side === 'after' ? right : left].every((at) => {
    const top = topmostAt(anchor.ownerDocument, at, y, host);
    const control = top && callOn(top, 'closest', taken);
    return !control || control.contains(anchor);
  });
}
