import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

interface InSightProps {
  /** How much of the window's upper edge is covered. */
  covered: number;
  /** Told with the first drawing and at each change; once this is gone, nothing is out of sight. */
  onSight(isInSight: boolean): void;
}

/** Nothing to see; tells whether its place in the document is in sight. */
export function InSight({ covered, onSight }: InSightProps) {
  const mark = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const top = mark.current?.getBoundingClientRect().top ?? 0;
    onSight(top >= covered && top < window.innerHeight);
    return () => onSight(true);
  }, [onSight]);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => onSight(entries.at(-1)?.isIntersecting === true), {
      rootMargin: `${-covered}px 0px 0px`,
    });
    if (mark.current) observer.observe(mark.current);
    return () => observer.disconnect();
  }, [covered, onSight]);
  return <span ref={mark} class="in-sight" />;
}
