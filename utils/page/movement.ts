import type { Box } from './geometry.ts';
import { callOn } from './property-of.ts';

const STEPS = Array.from({ length: 21 }, (_, index) => index / 20);

/**
 * Reports when an element moves, resizes or gets clipped for whatever reason: an IntersectionObserver whose root box lies tightly
 * around the element fires when it leaves that box, and costs nothing while it stays.
 */
export function createMovementWatch(window: Window & typeof globalThis, onMove: () => void) {
  const watched = new Map<Element, { box: Box; observer: IntersectionObserver }>();

  function start(element: Element, box: Box): IntersectionObserver {
    const { clientWidth, clientHeight } = window.document.documentElement;
    const inset = [box.top, clientWidth - box.right, clientHeight - box.bottom, box.left];
    const rootMargin = inset.map((side) => `${-Math.floor(side - 1)}px`).join(' ');
    let first = true;
    const observer = new window.IntersectionObserver(
      ([entry]) => {
        // An element that moved before the first observation is reported at once: outside of its box it would never fire again.
        if (!first || (entry && !isSame(entry.boundingClientRect, box))) onMove();
        first = false;
      },
      { root: window.document, rootMargin, threshold: STEPS },
    );
    observer.observe(element);
    return observer;
  }

  return {
    watch(elements: ReadonlySet<Element>): void {
      for (const [element, { observer }] of watched) {
        if (elements.has(element)) continue;
        observer.disconnect();
        watched.delete(element);
      }
      for (const element of elements) {
        const box = callOn(element, 'getBoundingClientRect');
        const known = watched.get(element);
        if (known && isSame(known.box, box)) continue;
        known?.observer.disconnect();
        watched.set(element, { box, observer: start(element, box) });
      }
    },
    stop(): void {
      for (const { observer } of watched.values()) observer.disconnect();
      watched.clear();
    },
  };
}

function isSame(one: Box, other: Box): boolean {
  return (['left', 'top', 'right', 'bottom'] as const).every((side) => Math.abs(one[side] - other[side]) < 1);
}
