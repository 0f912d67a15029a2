import { isDisguised, searchDisguise } from '../disguise.ts';
import type { Mark } from '../mark.ts';

/** Working time of a slice when a busy page leaves no idle time. */
const LEAST_MS = 4;
/** Searched synchronously, because a press may follow the pointer at once: enough for an ordinary page. */
const FIRST_MS = 8;
const LONGEST_WAIT_MS = 100;
/** A search begun longer ago is repeated. */
const VALID_MS = 5_000;

/**
 * Searches the page for covers of a number from when the pointer reaches it, so that the press need not wait for the search, and
 * covers that the page removes during the press have been seen before.
 */
export function createStudy(window: Window & typeof globalThis) {
  let mark: Mark | undefined;
  let search: Generator<void, boolean> | undefined;
  let found: boolean | undefined;
  let idle = 0;
  let begunAt = 0;

  function goOn(isOver: () => boolean): void {
    try {
      while (found === undefined && search && !isOver()) {
        const { done, value } = search.next();
        if (done) found = value;
      }
    } catch {
      // Something in the page cannot be examined, which counts as having found a cover: then our bubble asks.
      found = true;
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
    /** To be called in the press: whether the number was covered before, or is disguised now. */
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
