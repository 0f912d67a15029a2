/** Share of main-thread time that all our reactions to a busy page may take together. */
const SHARE = 0.025;

/** After a calm period this much may be spent at once. */
const BURST_MS = 80;

/** Whatever the cost, no update is delayed for longer. */
const LONGEST_WAIT_MS = 1_000;

/** Budget of main-thread time: what was spent, against our share. */
export interface Account {
  /** Milliseconds until something may be spent again. */
  wait(): number;
  spend(milliseconds: number): void;
}

export function createAccount(share = SHARE, burstMs = BURST_MS): Account {
  let freeAt = Number.NEGATIVE_INFINITY;
  return {
    wait: () => Math.max(0, freeAt - performance.now()),
    spend(milliseconds) {
      freeAt = Math.max(freeAt, performance.now() - burstMs / share) + milliseconds / share;
    },
  };
}

interface Pace {
  /** Requests a run; requests made before it starts are merged. */
  ask(): void;
  stop(): void;
}

interface PaceDeps {
  /** Least delay after the request, so that changes which come together are handled together. */
  leastMs?: number;
  account: Account;
  window: Window;
}

/**
 * Runs requested work in an animation frame, where the page is about to be laid out anyway; later when the account is empty.
 * Hidden tabs have no frames: there the work waits until the tab is visible.
 */
export function createPace(work: () => void, { window, account, leastMs = 0 }: PaceDeps): Pace {
  let frame = 0;
  let timer = 0;
  const run = () => {
    frame = 0;
    const start = performance.now();
    work();
    account.spend(performance.now() - start);
  };
  const toFrame = () => {
    timer = 0;
    frame = window.requestAnimationFrame(run);
  };
  return {
    ask() {
      if (frame || timer) return;
      const wait = Math.max(leastMs, Math.min(account.wait(), LONGEST_WAIT_MS));
      if (wait > 4) timer = window.setTimeout(toFrame, wait);
      else toFrame();
    },
    stop() {
      window.cancelAnimationFrame(frame);
      window.clearTimeout(timer);
      frame = timer = 0;
    },
  };
}
