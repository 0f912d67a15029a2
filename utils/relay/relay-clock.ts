export interface RelayClock {
  /** This computer's clock. */
  now(): number;
  /** Milliseconds to add to this computer's clock to get the relay's. */
  offset(): Promise<number>;
  /** Learns from a response's `Date` header and the times when the request was sent and the response received. */
  learn(date: string | null, sentAt: number, receivedAt: number): Promise<void>;
}

interface OffsetItem {
  getValue(): Promise<number>;
  setValue(offset: number): Promise<void>;
}

/** Estimates the relay's clock from its responses. The offset changes only when a response contradicts it. */
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
      // `Date` has whole seconds and was written between the two times, which bounds the offset to a range.
      const before = await offset();
      const after = Math.min(Math.max(before, stamp - receivedAt), stamp + 1000 - sentAt);
      if (after === before) return;
      known = Promise.resolve(after);
      await item.setValue(after);
    },
  };
}
