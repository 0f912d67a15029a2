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
  /** Estimated height of a row until it is rendered. */
  heightOf(index: number): number;
  /** Index that is always rendered, because it has the keyboard focus. */
  kept: number | null;
  /** The element around the rows; it keeps the height of the rows above and below the rendered ones. */
  box: RefObject<HTMLElement | null>;
  /** Estimated height above the rows, until it is measured. */
  above: number;
  /** Heights of what covers the viewport's edges. */
  covered: { top: number; bottom: number };
}
type Rows = Virtualizer<Window, HTMLElement>;

/**
 * Windowing for a document that scrolls as a whole: renders the rows in the viewport and a few around. Rows are measured as they
 * are rendered (give them `data-index` and `ref={rows.measureElement}`), and rows added above do not move the one being read.
 */
export function useWindowRows({ keys, heightOf, kept, box, above, covered }: WindowRows): Rows {
  const [, draw] = useState({});
  const [margin, setMargin] = useState(above);
  const [isOnScreen, setOnScreen] = useState(false);
  useEffect(() => setOnScreen(true), []);
  // A stable function for the same keys: a new one would lay out every row again at each render.
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
    // The first render contains only visible rows; the rows around follow once it is on screen.
    overscan: isOnScreen ? 6 : 0,
    // The observer reports the first rows before they are painted; measuring them here would force a second layout. A row without
    // a box, such as in a hidden document, has no meaningful height.
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
