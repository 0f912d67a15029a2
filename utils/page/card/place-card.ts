import type { Box } from '../geometry.ts';

export type CardSide = 'right' | 'left' | 'below' | 'above';

interface CardSpot {
  x: number;
  y: number;
  side: CardSide;
  /** Less than the card's own height where there is too little room for it. */
  height: number;
}

const GAP_PX = 8;
const EDGE_PX = 8;

/**
 * The place of a card beside its number, without covering it: to the right where there is room, so that the pointer can move
 * down a column of numbers; else left, below or above. It keeps its current side while it fits there.
 */
export function placeCard(number: Box, view: Box, width: number, height: number, before?: CardSide): CardSpot {
  const inner = {
    left: view.left + EDGE_PX,
    top: view.top + EDGE_PX,
    right: view.right - EDGE_PX,
    bottom: view.bottom - EDGE_PX,
  };
  const within = (at: number, size: number, from: number, to: number) => Math.max(from, Math.min(at, to - size));
  const along = {
    x: within(number.left, width, inner.left, inner.right),
    y: within(number.top - GAP_PX, height, inner.top, inner.bottom),
  };
  const spots: Record<CardSide, CardSpot> = {
    right: { side: 'right', x: number.right + GAP_PX, y: along.y, height },
    left: { side: 'left', x: number.left - GAP_PX - width, y: along.y, height },
    below: { side: 'below', x: along.x, y: number.bottom + GAP_PX, height },
    above: { side: 'above', x: along.x, y: number.top - GAP_PX - height, height },
  };
  const fits = ({ x, y }: CardSpot) =>
    x >= inner.left && x + width <= inner.right && y >= inner.top && y + height <= inner.bottom;
  const order: CardSide[] = ['right', 'left', 'below', 'above'];
  const side = [...(before ? [before] : []), ...order].find((one) => fits(spots[one]));
  if (side) return spots[side];
  // Too tall for every side: beside the number it can use the whole height of the viewport.
  const beside = [spots.right, spots.left].find(({ x }) => x >= inner.left && x + width <= inner.right);
  if (beside) return { ...beside, y: inner.top, height: Math.min(height, inner.bottom - inner.top) };
  const [roomBelow, roomAbove] = [inner.bottom - number.bottom - GAP_PX, number.top - GAP_PX - inner.top];
  if (roomBelow >= roomAbove) return { ...spots.below, height: Math.max(0, Math.min(height, roomBelow)) };
  const cut = Math.max(0, Math.min(height, roomAbove));
  return { ...spots.above, y: number.top - GAP_PX - cut, height: cut };
}
