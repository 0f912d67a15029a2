import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** How much of the window's upper and lower edge lies under what stays there while the document scrolls, in pixels. */
export interface Covered {
  top: number;
  bottom: number;
}
type Box = RefObject<HTMLElement | null>;

/** Measures what stays at the edges, now and whenever it grows, shrinks or no longer stays. @param drawn counts what is drawn there; null: nothing */
export function useCovered(top: Box, bottom: Box, drawn: number | null): Covered {
  const [covered, setCovered] = useState<Covered>({ top: 0, bottom: 0 });
  useEffect(() => {
    if (drawn === null) return;
    const measure = () =>
      setCovered((before) => {
        const now = { top: heightOf(top.current), bottom: heightOf(bottom.current) };
        return now.top === before.top && now.bottom === before.bottom ? before : now;
      });
    const observer = new ResizeObserver(measure);
    for (const { current } of [top, bottom]) if (current) observer.observe(current);
    // A flat window lets the upper one scroll away, which changes no size.
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [top, bottom, drawn]);
  return covered;
}

function heightOf(box: HTMLElement | null): number {
  return box && getComputedStyle(box).position === 'sticky' ? box.offsetHeight : 0;
}
