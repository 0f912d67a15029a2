/** Share of the main thread that our reactions to a busy page may take, each. */
const SHARE = 0.03;

/** Whatever it costs, nothing stays wrong for longer. */
const LONGEST_WAIT_MS = 1_000;

export interface Pace {
  /** Asks for a run; several before it are one. */
  ask(): void;
  stop(): void;
}

export interface PaceDeps {
  /** Not before this long after the asking, so that what comes together is handled together. */
  leastMs?: number;
  /** Of the main thread; more where people watch, as while they scroll. */
  share?: number;
  now?: () => number;
  window: Window;
}

/**
 * Runs work in an animation frame after it was asked for, and the later the more the last run cost. Hidden tabs have no frames:
 * there it waits until somebody looks.
 */
export function createPace(
  work: () => void,
  { window, leastMs = 0, share = SHARE, now = () => performance.now() }: PaceDeps,
): Pace {
  let frame = 0;
  let timer = 0;
  let freeAt = 0;
  const run = () => {
    frame = 0;
    const start = now();
    work();
    freeAt = now() + (now() - start) / share;
  };
  const toFrame = () => {
    timer = 0;
    frame = window.requestAnimationFrame(run);
  };
  return {
    ask() {
      if (frame || timer) return;
      const wait = Math.max(leastMs, Math.min(freeAt - now(), LONGEST_WAIT_MS));
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
