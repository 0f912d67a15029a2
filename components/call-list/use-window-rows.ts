import {
  defaultRangeExtractor,
  measureElement,
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  type VirtualizerOptions,
  windowScroll,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface WindowRows {
  keys: readonly string[];
  /** Height to reckon with until a row was drawn. */
  heightOf(index: number): number;
  /** Drawn wherever it is, because the keyboard is on it. */
  kept: number | null;
  /** Stands around the rows; rows above and below what is drawn leave its height. */
  box: RefObject<HTMLElement | null>;
  /** How much stands above the rows, about, until that was measured. */
  above: number;
  /** What covers the window's edges. */
  covered: { top: number; bottom: number };
}
type Rows = Virtualizer<Window, HTMLElement>;

/**
 * Which of many rows to draw in a document that scrolls as a whole: those in the window and a few around. Rows are measured as
 * they are drawn (give them `data-index` and `ref={rows.measureElement}`), and when rows come in above, what is being read stays.
 */
export function useWindowRows({ keys, heightOf, kept, box, above, covered }: WindowRows): Rows {
  const [, draw] = useState({});
  const [margin, setMargin] = useState(above);
  const [isOnScreen, setOnScreen] = useState(false);
  useEffect(() => setOnScreen(true), []);
  // The same function for the same keys: with another one every row would be laid out anew at each drawing.
  const keyOf = useCallback((index: number) => keys[index] ?? index, [keys]);
  const options: VirtualizerOptions<Window, HTMLElement> = {
    count: keys.length,
    getItemKey: keyOf,
    estimateSize: heightOf,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    initialOffset: () => window.scrollY,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    scrollMargin: margin,
    scrollPaddingStart: covered.top,
    scrollPaddingEnd: covered.bottom,
    // The first drawing is of what is seen alone; the rows around follow once that is on screen.
    overscan: isOnScreen ? 6 : 0,
    // Of the first rows the observer tells before they are painted; asked here, everything would be laid out twice. A row without a
    // box, such as in a hidden document, has no height worth knowing.
    measureElement: (row, entry, rows) =>
      (isOnScreen || entry ? measureElement(row, entry, rows) : 0) || heightOf(rows.indexFromElement(row)),
    rangeExtractor(range) {
      const drawn = defaultRangeExtractor(range);
      return kept === null || kept >= keys.length || drawn.includes(kept) ? drawn : [...drawn, kept].sort((a, b) => a - b);
    },
    onChange: () => draw({}),
  };
  const [rows] = useState<Rows>(() => new Virtualizer(options));

  const known = useRef(keys);
  const shift = useRef(0);
  if (known.current !== keys) {
    const anchor = window.scrollY > margin ? rows.getVirtualItemForOffset(window.scrollY) : undefined;
    known.current = keys;
    rows.setOptions(options);
    const index = anchor ? keys.indexOf(String(anchor.key)) : -1;
    rows.getTotalSize();
    shift.current = anchor && index !== -1 ? (rows.measurementsCache[index]?.start ?? anchor.start) - anchor.start : 0;
  } else rows.setOptions(options);

  useLayoutEffect(() => rows._didMount(), [rows]);
  useLayoutEffect(() => {
    rows._willUpdate();
    if (!isOnScreen) return;
    const top = box.current ? Math.round(box.current.getBoundingClientRect().top + window.scrollY) : 0;
    if (top !== margin) setMargin(top);
    if (shift.current !== 0) window.scrollBy(0, shift.current);
    shift.current = 0;
  });
  return rows;
}
