import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Pixels at the upper and lower edge of the viewport that are covered by sticky elements. */
export interface Covered {
  top: number;
  bottom: number;
}
type Box = RefObject<HTMLElement | null>;

/**
 * Measures the sticky elements at the edges, now and whenever they resize or stop being sticky.
 * @param drawn counts the elements rendered there; null: none
 */
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
    // In a low window the upper one is not sticky, a change that does not affect its size.
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
