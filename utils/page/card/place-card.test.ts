import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps } from '../geometry.ts';
import { type CardSide, placeCard } from './place-card.ts';

const view = { left: 0, top: 0, right: 1000, bottom: 700 };
const at = (left: number, top: number, width = 120, height = 24) => ({ left, top, right: left + width, bottom: top + height });

describe('the side of the card', () => {
  it.each<[string, ReturnType<typeof at>, CardSide]>([
    ['room to the right', at(100, 100), 'right'],
    ['at the right edge', at(860, 100), 'left'],
    ['a number as wide as the view', at(10, 100, 980), 'below'],
    ['the same at the bottom', at(10, 660, 980), 'above'],
    ['in the lower right corner', at(860, 670), 'left'],
  ])('%s', (_, number, side) => {
    expect(placeCard(number, view, 300, 240).side).toBe(side);
  });

  it('stays where it is while it fits', () => {
    expect(placeCard(at(400, 300), view, 300, 240, 'below').side).toBe('below');
    expect(placeCard(at(400, 600), view, 300, 240, 'below').side).toBe('right');
  });
});

it('never covers the number, and stays in view sideways, on any screen from 320 px', () => {
  const space = fc.record({ width: fc.integer({ min: 320, max: 2000 }), height: fc.integer({ min: 240, max: 1400 }) });
  fc.assert(
    fc.property(
      space,
      fc.nat(2000),
      fc.nat(1400),
      fc.integer({ min: 40, max: 300 }),
      fc.integer({ min: 60, max: 500 }),
      (size, x, y, wide, tall) => {
        const screen = { left: 0, top: 0, right: size.width, bottom: size.height };
        const number = at(Math.min(x, size.width - wide), Math.min(y, size.height - 20), wide, 20);
        const spot = placeCard(number, screen, 296, tall);
        const box = { left: spot.x, top: spot.y, right: spot.x + 296, bottom: spot.y + spot.height };
        expect(overlaps(box, number)).toBe(false);
        expect(box.left >= 0 && box.right <= size.width && box.top >= 0 && box.bottom <= size.height).toBe(true);
      },
    ),
  );
});
