import { documentOrder } from './document-order.ts';
import { AHEAD_PX, type Box, grown, overlaps, viewOf } from './geometry.ts';
import type { Mark } from './mark.ts';
import { callOn } from './property-of.ts';
import { hasContents } from './sight.ts';

/**
 * An IntersectionObserver is exact, but costs a few microseconds for each target in every frame that scrolls: cheap up to about
 * this many. On pages with more, anchors are measured instead, after scrolling, resizing and changes.
 */
const OBSERVED_MAX = 256;

/** Up to this many consecutive table cells are tested together: if the first and the last lie beyond one edge, all of them do. */
const STRIDE = 48;

/** Sticky rows and cells may stand apart from their neighbours; found by name, because computing each style takes too long. */
const sticking = ['tr', 'td'].map((tag) => `${tag}:is([class*="sticky" i],[style*="sticky" i])`).join();

interface NearMarksDeps {
  window: Window & typeof globalThis;
  /** Deferred blocks, watched because they may have numbers. */
  unread: ReadonlySet<Element>;
  /** The set of near marks changed outside of `measure`. */
  onChange: () => void;
  /** Some of the deferred blocks came near. */
  onUnread: (blocks: readonly Element[]) => void;
}

/** Keeps track of which marks of the page are near the viewport. */
export function createNearMarks({ window, unread, onChange, onUnread }: NearMarksDeps) {
  const near = new Set<Mark>();
  let due: Element[] = [];
  /** The watched elements: anchors of marks, and deferred blocks. */
  let byAnchor = new Map<Element, Mark[]>();
  /** Whether `byAnchor` is in the order of the document. */
  let isOrdered = true;
  /** Anchors in sticky elements, measured one by one. */
  let loose = new Set<Element>();
  let isLooseKnown = true;
  /** Whether anchors are measured, not observed; also during the first reading of the page, as they arrive. */
  let measured = true;
  let wasMany = false;
  let observer: IntersectionObserver | undefined;

  function noteEntries(entries: IntersectionObserverEntry[]): void {
    let changed = false;
    for (const { target, isIntersecting } of entries) changed = setNear(target, isIntersecting || hasContents(target)) || changed;
    handOut();
    if (changed) onChange();
  }
  function setNear(anchor: Element, isNear: boolean): boolean {
    let changed = false;
    if (isNear && unread.has(anchor)) due.push(anchor);
    for (const mark of byAnchor.get(anchor) ?? []) {
      if (near.has(mark) === isNear) continue;
      changed = true;
      if (isNear) near.add(mark);
      else near.delete(mark);
    }
    return changed;
  }
  function handOut(): void {
    const blocks = due;
    due = [];
    if (blocks.length > 0) onUnread(blocks);
  }
  function watch(anchor: Element): Mark[] {
    const known = byAnchor.get(anchor);
    if (known) return known;
    const marks: Mark[] = [];
    byAnchor.set(anchor, marks);
    isOrdered = isLooseKnown = false;
    if (!measured) observer?.observe(anchor);
    return marks;
  }
  function unwatch(anchor: Element): void {
    if (byAnchor.get(anchor)?.length !== 0 || unread.has(anchor)) return;
    byAnchor.delete(anchor);
    loose.delete(anchor);
    observer?.unobserve(anchor);
  }
  function order(): void {
    byAnchor = new Map(documentOrder(byAnchor.keys()).map((anchor) => [anchor, byAnchor.get(anchor) as Mark[]]));
    isOrdered = true;
  }
  function findLoose(): void {
    const found = [...window.document.querySelectorAll(sticking)].flatMap((element) => [
      element,
      ...element.querySelectorAll('*'),
    ]);
    loose = new Set(found.filter((element) => byAnchor.has(element)));
    isLooseKnown = true;
  }
  function chooseStrategy(): void {
    if (byAnchor.size === 0) return;
    if (byAnchor.size > OBSERVED_MAX) wasMany = true;
    if (!measured && byAnchor.size > OBSERVED_MAX) {
      measured = true;
      observer?.disconnect();
    } else if (measured && byAnchor.size <= OBSERVED_MAX / (wasMany ? 2 : 1)) {
      measured = wasMany = false;
      observer ??= new window.IntersectionObserver(noteEntries, { rootMargin: `${AHEAD_PX}px` });
      for (const anchor of byAnchor.keys()) observer.observe(anchor);
    }
  }

  return {
    marks: near as ReadonlySet<Mark>,
    /** Whether the caller has to call `measure` when something may have moved. */
    get needsMeasuring(): boolean {
      return measured;
    },
    /** To be called when elements moved. */
    forgetOrder(): void {
      isOrdered = false;
    },
    add(mark: Mark): void {
      watch(mark.anchor).push(mark);
    },
    remove(mark: Mark): void {
      near.delete(mark);
      const marks = byAnchor.get(mark.anchor);
      if (!marks?.includes(mark)) return;
      marks.splice(marks.indexOf(mark), 1);
      unwatch(mark.anchor);
    },
    watch,
    unwatch,
    /** To be called when the page was read: starts or stops observing, depending on the number of anchors. */
    chooseStrategy,
    /** Measures all anchors, or the given ones in document order; true when the set of near marks changed. */
    measure(added?: readonly Element[]): boolean {
      if (added?.length === 0) return false;
      const view = grown(viewOf(window), AHEAD_PX);
      if (!added && !isOrdered) order();
      if (!added && !isLooseKnown) findLoose();
      const anchors = added ?? [...byAnchor.keys()].filter((anchor) => !loose.has(anchor));
      let changed = false;
      for (const anchor of added ? [] : loose) changed = setNear(anchor, isNear(anchor, view)) || changed;
      let to = 0;
      for (let from = 0; from < anchors.length; from = to) {
        to = endOfStride(anchors, from);
        const away = to - from > 2 && areAway(anchors[from] as Element, anchors[to - 1] as Element, view);
        // New anchors are not in `near` yet.
        if (away && (added || near.size === 0)) continue;
        for (let at = from; at < to; at++) {
          const anchor = anchors[at] as Element;
          changed = setNear(anchor, !away && isNear(anchor, view)) || changed;
        }
      }
      handOut();
      return changed;
    },
    stop(): void {
      observer?.disconnect();
      byAnchor.clear();
      near.clear();
    },
  };
}

/** The end of the stride. Only rows of a table body are known to stand below each other in document order. */
function endOfStride(anchors: readonly Element[], from: number): number {
  const most = Math.min(from + STRIDE, anchors.length);
  let to = from;
  while (to < most && anchors[to]?.localName === 'td') to++;
  const body = to - from > 2 && bodyOf(anchors[from] as Element);
  return body && body === bodyOf(anchors[to - 1] as Element) ? to : from + 1;
}

function bodyOf(anchor: Element): Element | null {
  const body = anchor.parentElement?.parentElement ?? null;
  return body && (anchor.ownerDocument.defaultView as Window).getComputedStyle(body).display === 'table-row-group' ? body : null;
}

function areAway(one: Element, other: Element, view: Box): boolean {
  const [first, last] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  if (!first.height || !last.height) return false;
  return (first.top > view.bottom && last.top > view.bottom) || (first.bottom < view.top && last.bottom < view.top);
}

function isNear(anchor: Element, view: Box): boolean {
  const box = callOn(anchor, 'getBoundingClientRect');
  // An element without a box of its own (`display: contents`) may still hold text that has one.
  if (box.width === 0 && box.height === 0)
    return anchor.firstChild !== null && anchor.getClientRects().length === 0 && hasContents(anchor);
  return overlaps(box, view);
}
