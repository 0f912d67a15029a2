import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

interface InSightProps {
  /** Height of the viewport's upper edge that is covered. */
  covered: number;
  /** Called after the first render and at each change; on unmount with true. */
  onSight(isInSight: boolean): void;
}

/** Invisible; reports whether its place in the document is in the viewport. */
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
