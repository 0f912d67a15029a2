import { paintedParent } from './sight.ts';

/** Height of a line, for wheels that count in lines (Firefox). */
const LINE_PX = 16;

/** Lets the wheel over a button scroll the list that its number is in: the button itself stands in no scroller of the page. */
export function letWheelThrough(button: HTMLElement, anchor: Element): void {
  const window = button.ownerDocument.defaultView as Window;
  button.addEventListener(
    'wheel',
    (event) => {
      if (!event.isTrusted || event.ctrlKey) return;
      const unit = event.deltaMode ? LINE_PX : 1;
      const by = { left: event.deltaX * unit, top: event.deltaY * unit, behavior: 'instant' } as const;
      for (let at: Element | null = anchor; at && at !== at.ownerDocument.body; at = paintedParent(at)) {
        const { overflow, position } = window.getComputedStyle(at);
        const { scrollLeft, scrollTop } = at;
        if (/auto|scroll/.test(overflow)) at.scrollBy(by);
        // One that is at its end hands the wheel on to the next one around it, in the end to the viewport.
        if (at.scrollLeft !== scrollLeft || at.scrollTop !== scrollTop) return event.preventDefault();
        if (position === 'fixed') return;
      }
    },
    { passive: false },
  );
}
