import { type Box, grown, overlaps } from './geometry.ts';
import { topAt } from './sight.ts';
import { isExclusive, isOnTopLayerAbove } from './top-layer.ts';

/** In less time nobody can have read a button, and the press may have been aimed at what was under the pointer before. */
export const SETTLED_MS = 500;

/** A page that scales its root scales our elements: one too small to see, or filling the viewport, is not pressed knowingly. */
const SMALLEST_PX = 10;
const LARGEST_PX = 120;

interface VisibleEntry extends IntersectionObserverEntry {
  isVisible?: boolean;
}

/** `hidden`: the page may cover or misplace our elements · `hasty`: visible for too short a time · `untold`: cannot be known. */
export type Doubt = 'none' | 'hasty' | 'hidden' | 'untold';

export interface Trust {
  watch(element: Element): void;
  unwatch(element: Element): void;
  /** To be called when our bubble closes or moves: the elements that it covered are observed anew. */
  uncovered(): void;
  /** Whether a press of one of our elements, in its place since `placedAt`, can be what the person meant. */
  doubt(element: Element, placedAt: number, event: MouseEvent): Doubt;
  stop(): void;
}

/** The browser counts the bubble's shadow as part of the cover. */
const SHADOW_PX = 48;

/** Observer entries about the time when the bubble was open may arrive this much later. */
const LATE_MS = 150;

/**
 * IntersectionObserver v2 (Chromium) sees covers, opacity, filters and clips, also those around the frame we are in. It sees
 * our own bubble over a neighbouring button as well (`ownCover`), which is no reason for doubt by itself.
 */
export function createTrust(
  window: Window & typeof globalThis,
  host: () => HTMLElement | undefined,
  ownCover: () => Element | undefined,
): Trust {
  const { document, performance } = window;
  const tracks = 'isVisible' in window.IntersectionObserverEntry.prototype;
  const seenSince = new Map<Element, number>();
  /** Elements under our own bubble, for which the observer cannot tell: they are judged as in browsers without v2. */
  const excused = new Set<Element>();
  let uncoveredAt = Number.NEGATIVE_INFINITY;
  const observer = tracks
    ? new window.IntersectionObserver(note, { threshold: [1], trackVisibility: true, delay: 100 } as IntersectionObserverInit)
    : undefined;

  function note(entries: VisibleEntry[]): void {
    for (const { target, isVisible, boundingClientRect, time } of entries) {
      excused.delete(target);
      const isLate = time < uncoveredAt + LATE_MS;
      if (isVisible) {
        if (!seenSince.has(target)) seenSince.set(target, performance.now());
      } else if (!isLate && !isUnderBubble(target, boundingClientRect)) seenSince.delete(target);
      else {
        excused.add(target);
        if (isLate) observeAnew(target);
      }
    }
  }
  function observeAnew(element: Element): void {
    observer?.unobserve(element);
    observer?.observe(element);
  }
  function isUnderBubble(element: Element, box: Box): boolean {
    const cover = ownCover();
    return cover !== undefined && !cover.contains(element) && overlaps(grown(cover.getBoundingClientRect(), SHADOW_PX), box);
  }

  return {
    watch: (element) => observer?.observe(element),
    unwatch(element) {
      observer?.unobserve(element);
      seenSince.delete(element);
      excused.delete(element);
    },
    uncovered() {
      // Observing anew delivers a fresh entry, also for elements that the page has covered meanwhile.
      uncoveredAt = performance.now();
      for (const element of excused) observeAnew(element);
    },
    doubt(element, placedAt, event) {
      if (observer) note(observer.takeRecords());
      const own = host();
      if (!own || !isAtHome(own)) return 'hidden';
      // A press by keyboard has no coordinates.
      const isPointer = event.detail > 0;
      if (isPointer && topAt(own, event.clientX, event.clientY) !== own) return 'hidden';
      const box = element.getBoundingClientRect();
      if (box.height < SMALLEST_PX || box.height > LARGEST_PX) return 'hidden';
      const now = performance.now();
      if (now - placedAt < SETTLED_MS) return 'hasty';
      if (observer) {
        const since = seenSince.get(element);
        if (since === undefined) return 'hidden';
        if (now - since < SETTLED_MS) return 'hasty';
        if (!excused.has(element)) return 'none';
        // Only the observer sees what lies over the frame that we are in.
        if (window !== window.parent) return 'hidden';
      }
      if (isOnTopLayerAbove(document, own, box)) return 'hidden';
      return isInForeignFrame(window) ? 'untold' : 'none';
    },
    stop() {
      observer?.disconnect();
      seenSince.clear();
      excused.clear();
    },
  };
}

/** Where the overlay puts the host: beside `body`, or in the dialog or popover that is open. */
function isAtHome({ parentElement, ownerDocument }: Element): boolean {
  return parentElement !== null && (parentElement === ownerDocument.documentElement || isExclusive(parentElement));
}

/** Inside another origin's page, without v2, it cannot be known what lies over the frame. */
function isInForeignFrame(window: Window): boolean {
  for (let at = window; at !== at.parent; at = at.parent) {
    try {
      if (!at.frameElement) return true;
    } catch {
      // SecurityError: the parent frame is of another origin.
      return true;
    }
  }
  return false;
}
