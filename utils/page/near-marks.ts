import { AHEAD_PX, type Box, grown, overlaps, viewOf } from './geometry.ts';
import type { Mark } from './mark.ts';

/**
 * An IntersectionObserver costs a few microseconds for each target in every frame that scrolls: exact, and cheap up to about
 * this many. Pages with more are measured instead, after scrolling, resizing and changes.
 */
const OBSERVED_MAX = 256;

/** Rows of a table just read are taken to be out of view together when the first and the last of so many are, on one side. */
const STRIDE = 128;

/** The marks near the view, of all the marks of the page. */
export function createNearMarks(window: Window & typeof globalThis, onChange: () => void) {
  const near = new Set<Mark>();
  const byAnchor = new Map<Element, Mark[]>();
  /** While the page is read for the first time, too: what comes then is measured as it comes. */
  let measured = true;
  let wasMany = false;
  let observer: IntersectionObserver | undefined;

  function noteEntries(entries: IntersectionObserverEntry[]): void {
    let changed = false;
    for (const { target, isIntersecting } of entries) changed = setNear(byAnchor.get(target), isIntersecting) || changed;
    if (changed) onChange();
  }
  function setNear(marks: Mark[] | undefined, isNear: boolean): boolean {
    let changed = false;
    for (const mark of marks ?? []) {
      if (near.has(mark) === isNear) continue;
      changed = true;
      if (isNear) near.add(mark);
      else near.delete(mark);
    }
    return changed;
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
    /** Whether it has to be told to measure when something may have moved. */
    get needsMeasuring(): boolean {
      return measured;
    },
    add(mark: Mark): void {
      const marks = byAnchor.get(mark.anchor);
      if (marks) {
        marks.push(mark);
        return;
      }
      byAnchor.set(mark.anchor, [mark]);
      if (!measured) observer?.observe(mark.anchor);
    },
    remove(mark: Mark): void {
      near.delete(mark);
      const rest = byAnchor.get(mark.anchor)?.filter((other) => other !== mark) ?? [];
      if (rest.length > 0) {
        byAnchor.set(mark.anchor, rest);
        return;
      }
      byAnchor.delete(mark.anchor);
      observer?.unobserve(mark.anchor);
    },
    /** To be called when the page was read: observes them, or stops to, by their number. */
    chooseStrategy,
    /** Measures all of them, or those given, which follow each other on the page; true when others are near now. */
    measure(marks?: readonly Mark[]): boolean {
      if (marks?.length === 0) return false;
      const view = grown(viewOf(window), AHEAD_PX);
      const anchors = marks ? marks.map((mark) => mark.anchor) : [...byAnchor.keys()];
      let changed = false;
      let to = 0;
      for (let from = 0; from < anchors.length; from = to) {
        to = marks ? endOfStride(anchors, from) : from + 1;
        // Those given are new, and near only once they were found so.
        if (to - from > 2 && areAway(anchors[from] as Element, anchors[to - 1] as Element, view)) continue;
        for (let at = from; at < to; at++) {
          const anchor = anchors[at] as Element;
          changed = setNear(byAnchor.get(anchor), isNear(anchor, view)) || changed;
        }
      }
      return changed;
    },
    stop(): void {
      observer?.disconnect();
      byAnchor.clear();
      near.clear();
    },
  };
}
export type NearMarks = ReturnType<typeof createNearMarks>;

/**
 * The cells of one table body follow each other down the page. Nothing of the kind is known of other elements, nor of cells
 * read a while ago, whose rows may have been sorted since.
 */
function endOfStride(anchors: readonly Element[], from: number): number {
  const body = bodyOf(anchors[from] as Element);
  let to = from + 1;
  if (body) while (to < anchors.length && to - from < STRIDE && bodyOf(anchors[to] as Element) === body) to++;
  return to;
}

function bodyOf(anchor: Element): Element | null {
  return anchor.localName === 'td' ? (anchor.parentElement?.parentElement ?? null) : null;
}

function areAway(one: Element, other: Element, view: Box): boolean {
  const [first, last] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  if (!first.height || !last.height) return false;
  return (first.top > view.bottom && last.top > view.bottom) || (first.bottom < view.top && last.bottom < view.top);
}

function isNear(anchor: Element, view: Box): boolean {
  const box = anchor.getBoundingClientRect();
  // An element without a box of its own (`display: contents`) may still hold text that has one.
  if (box.width === 0 && box.height === 0)
    return anchor.firstChild !== null && anchor.getClientRects().length === 0 && hasContents(anchor);
  return overlaps(box, view);
}

function hasContents(anchor: Element): boolean {
  return (anchor.ownerDocument.defaultView as Window).getComputedStyle(anchor).display === 'contents';
}
