import { isDisguised, searchDisguise } from '../disguise.ts';
import type { Mark } from '../mark.ts';

/** What a page that never rests leaves of an idle period. */
const LEAST_MS = 4;
/** At once, because a press may follow on the heels of the pointer: an ordinary page is looked through in this time. */
const FIRST_MS = 8;
const LONGEST_WAIT_MS = 100;
/** What was seen longer ago than this is looked for again. */
const VALID_MS = 5_000;

/**
 * Looks through the page around a number while the pointer is on its way to a press, so that the press need not wait for it and what
 * the page takes away in the press was seen before.
 */
export function createStudy(window: Window & typeof globalThis) {
  let mark: Mark | undefined;
  let search: Generator<void, boolean> | undefined;
  let found: boolean | undefined;
  let idle = 0;
  let begunAt = 0;

  function goOn(isOver: () => boolean): void {
    while (found === undefined && search && !isOver()) {
      const { done, value } = search.next();
      if (done) found = value;
    }
  }
  function slice(deadline: IdleDeadline): void {
    searchFor(Math.max(LEAST_MS, deadline.timeRemaining()));
  }
  function searchFor(ms: number): void {
    const end = performance.now() + ms;
    goOn(() => performance.now() >= end);
    idle = found === undefined ? window.requestIdleCallback(slice, { timeout: LONGEST_WAIT_MS }) : 0;
  }

  return {
    /** The pointer or the focus came to the number or its button. */
    begin(next: Mark, host: Element | undefined): void {
      window.cancelIdleCallback(idle);
      mark = next;
      search = searchDisguise(next, host);
      found = undefined;
      begunAt = performance.now();
      searchFor(FIRST_MS);
    },
    /** In the press: what there was and what there is now. */
    isDisguised(pressed: Mark, host: Element): boolean {
      if (mark !== pressed || performance.now() - begunAt > VALID_MS) this.begin(pressed, host);
      goOn(() => false);
      return found === true || isDisguised(pressed, host);
    },
    stop(): void {
      window.cancelIdleCallback(idle);
      mark = search = undefined;
    },
  };
}
