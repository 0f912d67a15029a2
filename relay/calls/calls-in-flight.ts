export type CallsInFlight = ReturnType<typeof createCallsInFlight>;

/** The calls that a relay is placing. */
export function createCallsInFlight() {
  const calls = new Set<Promise<unknown>>();
  /** Resolves when every call being placed has its outcome on record. */
  async function settled(): Promise<void> {
    // New work may begin while other work ends.
    while (calls.size > 0) await Promise.allSettled(calls);
  }
  return {
    /** Tracks work until it ends, so that a stopping relay can wait for calls whose client has disconnected. */
    track<Value>(work: Promise<Value>): Promise<Value> {
      calls.add(work);
      const forget = () => calls.delete(work);
      work.then(forget, forget);
      return work;
    },
    settled,
    /** Resolves when no call is being placed, or after `mostMs`: lets background work give way to calls. */
    async letPass(mostMs: number): Promise<void> {
      const { promise: timeIsUp, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, mostMs);
      await Promise.race([settled(), timeIsUp]);
      clearTimeout(timer);
    },
  };
}
