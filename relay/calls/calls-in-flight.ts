export type CallsInFlight = ReturnType<typeof createCallsInFlight>;

/** The calls that a relay is placing. */
export function createCallsInFlight() {
  const calls = new Set<Promise<unknown>>();
  return {
    /** Tracks work until it ends, so that a stopping relay can wait for calls whose client has disconnected. */
    track<Value>(work: Promise<Value>): Promise<Value> {
      calls.add(work);
      const forget = () => calls.delete(work);
      work.then(forget, forget);
      return work;
    },
    /** Resolves when every call being placed has its outcome on record. */
    async settled(): Promise<void> {
      // New work may begin while other work ends.
      while (calls.size > 0) await Promise.allSettled(calls);
    },
    /** Resolves when no call is being placed, or after `mostMs`: lets background work give way to calls. */
    async letPass(mostMs: number): Promise<void> {
      if (calls.size === 0) return;
      const { promise: timeIsUp, resolve } = Promise.withResolvers<void>();
      let isUp = false;
      const timer = setTimeout(() => {
        isUp = true;
        resolve();
      }, mostMs);
      while (calls.size > 0 && !isUp) await Promise.race([Promise.allSettled(calls), timeIsUp]);
      clearTimeout(timer);
    },
  };
}
