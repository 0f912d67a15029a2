export interface RelayClock {
  /** This computer's clock. */
  now(): number;
  /** Milliseconds to add to it to get the relay's. */
  offset(): Promise<number>;
  /** Learns from an answer's `Date` header, given when the request left and the answer came. */
  learn(date: string | null, sentAt: number, receivedAt: number): Promise<void>;
}

export interface OffsetItem {
  getValue(): Promise<number>;
  setValue(offset: number): Promise<void>;
}

/** The relay's clock as far as its answers tell it. Only an offset that an answer contradicts moves. */
export function createRelayClock(item: OffsetItem, now: () => number = Date.now): RelayClock {
  let known: Promise<number> | undefined;
  const offset = () => {
    known ??= item.getValue();
    return known;
  };
  return {
    now,
    offset,
    async learn(date, sentAt, receivedAt) {
      const stamp = Date.parse(date ?? '');
      if (Number.isNaN(stamp)) return;
      // `Date` has whole seconds and was written somewhere between the two moments: the offset lies in a range.
      const before = await offset();
      const after = Math.min(Math.max(before, stamp - receivedAt), stamp + 1000 - sentAt);
      if (after === before) return;
      known = Promise.resolve(after);
      await item.setValue(after);
    },
  };
}
