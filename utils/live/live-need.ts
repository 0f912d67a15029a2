/** Runs something exactly while it is needed: a single run however many holders need it, ended with the last holder. */
export function createLiveNeed(run: (signal: AbortSignal) => Promise<void>) {
  const holders = new Set<object>();
  const timed = new Map<string, () => void>();
  let running: AbortController | null = null;

  function update(): void {
    if (holders.size === 0) running?.abort();
    else if (!running) start();
  }
  function start(): void {
    const ending = new AbortController();
    running = ending;
    void run(ending.signal)
      .catch((error: unknown) => console.error('Dialside stopped listening to live calls.', error))
      .finally(() => {
        running = null;
        // Needed again while the aborted run was still ending.
        if (ending.signal.aborted && holders.size > 0) update();
      });
  }

  /** Returns the undo. */
  function hold(): () => void {
    const holder = {};
    holders.add(holder);
    update();
    return () => {
      holders.delete(holder);
      update();
    };
  }
  return {
    hold,
    /** Holds the need for `ms`; a further call with the same name restarts that time. */
    holdFor(name: string, ms: number): void {
      const release = hold();
      timed.get(name)?.();
      const timer = setTimeout(() => timed.get(name)?.(), ms);
      timed.set(name, () => {
        clearTimeout(timer);
        timed.delete(name);
        release();
      });
    },
    isRunning: () => running !== null,
    /** Restarts a run that gave up, if it is still needed. */
    retry: update,
    /** Ends the current run and starts a new one, for another connection. */
    restart(): void {
      if (running) running.abort();
      else update();
    },
  };
}
export type LiveNeed = ReturnType<typeof createLiveNeed>;
