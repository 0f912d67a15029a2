import type { Box } from './geometry.ts';

type Point = { x: number; y: number };

export interface Surroundings {
  view: Box;
  toOwn(point: Point): Point;
  dark: boolean;
}

const EDGE_PX = 8;
const AWAY_PX = 16;

/** Places a bubble below its button, or above it where there is no room, and within the viewport. */
export function placeBeside(element: HTMLElement, spot: Point, { view, toOwn, dark }: Surroundings): void {
  const { offsetWidth, offsetHeight } = element;
  const below = spot.y + AWAY_PX;
  const { x, y } = toOwn({
    x: Math.max(view.left + EDGE_PX, Math.min(spot.x - 20, view.right - offsetWidth - EDGE_PX)),
    y: below + offsetHeight + EDGE_PX <= view.bottom ? below : Math.max(view.top + EDGE_PX, spot.y - AWAY_PX - offsetHeight),
  });
  element.classList.toggle('dark', dark);
  element.style.transform = `translate(${x}px,${y}px)`;
}
