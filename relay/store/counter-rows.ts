/** Allows `limit` counts in a window of `windowMs`, counted in the store. Windows are fixed unless `slices` is given. */
export interface CounterRule {
  bucket: string;
  limit: number;
  windowMs: number;
  /**
   * The window always ends now and is counted in slices, this many to a window; of the slice in which it begins only the part
   * within the window counts, as if its counts were evenly spread. So any window holds at most `limit` counts plus those of the
   * slice in which it begins. A rule is full only with `limit` counts in the last window and one slice before, and a window after
   * its last count there is room again. Not with `clock`.
   */
  slices?: number;
  /** Leaves that slice out, for a rule that must never be full below its limit. */
  onlyWhole?: boolean;
  /** Converts epoch milliseconds to the time scale that windows are aligned to; UTC if omitted. */
  clock?: (at: number) => number;
  /** For a count that everybody shares: split over several rows, each with its share of the limit, to avoid lock contention. */
  spread?: boolean;
}

/** A row of the counters, and by how much its count changes. */
export interface Step {
  bucket: string;
  by: number;
  expires_at: number;
}

const shares = 16;
/** Parts of a slice are given in thousandths. */
export const whole = 1000;
let turn = 0;

/** The share that counts next: all in turn. */
export function nextShare(): number {
  turn += 1;
  return turn % shares;
}

/** Sixteen integers that add up to the limit. */
export const shareOf = (limit: number, share: number) => Math.floor((limit + shares - 1 - share) / shares);

/** All rows in which a rule is counted now, or was so many slices before. */
export function rowsOf(rule: CounterRule, now: number, before = 0): Step[] {
  const at = now - before * sliceMsOf(rule);
  return rule.spread ? Array.from({ length: shares }, (_, share) => stepOf(rule, at, 0, share)) : [stepOf(rule, at, 0)];
}

/** The rows of the slices before whose counts count in the window. */
export function earlierOf(rule: CounterRule, now: number): Step[] {
  const { slices = 0, onlyWhole } = rule;
  return Array.from({ length: onlyWhole ? slices - 1 : slices }, (_, slice) => rowsOf(rule, now, slice + 1)).flat();
}

/** The oldest slice leaves the window as the present one passes, and its rows expire with it. Its part is never the whole. */
export function oldestOf(rule: CounterRule, now: number): { oldestUntil: number; oldestPart: number } {
  const sliceMs = sliceMsOf(rule);
  const leftMs = sliceMs - (now % sliceMs);
  return { oldestUntil: now + leftMs, oldestPart: Math.floor(((leftMs - 1) * whole) / sliceMs) };
}

const sliceMsOf = ({ windowMs, slices = 1 }: CounterRule) => windowMs / slices;

export function stepOf(rule: CounterRule, now: number, by: number, share?: number): Step {
  const { bucket, clock, slices = 0 } = rule;
  const sliceMs = sliceMsOf(rule);
  const shown = clock?.(now) ?? now;
  const slice = Math.floor(shown / sliceMs);
  return {
    bucket: `${bucket}@${slice}${share === undefined ? '' : `#${String(share).padStart(2, '0')}`}`,
    by,
    // Kept for as long as a window may reach it. With a clock that may be set back (end of daylight saving time) for one more.
    expires_at: (slice + 1 + (clock ? 1 : slices)) * sliceMs + now - shown,
  };
}

/**
 * A row in which one more would be counted. It is full at `(limit - used + spare) / parts`, rounded down; `used` is the sum of the
 * counts in `earlier`, of which those in rows that expire by `oldestUntil` count for `oldestPart` / `whole` each, rounded down.
 */
export interface Place {
  bucket: string;
  expires_at: number;
  limit: number;
  parts: number;
  spare: number;
  /** Buckets of the slices before. */
  earlier: string[];
  oldestUntil: number;
  oldestPart: number;
}

/**
 * The rows in which one more would be counted under each rule, for use in another statement, in locking order (see `take`). For a
 * spread rule a full row only means that the rule may be full.
 */
export function placesOf(now: number, rules: readonly CounterRule[]): Place[] {
  const share = nextShare();
  const places = rules.map((rule) => ({
    ...stepOf(rule, now, 1, rule.spread ? share : undefined),
    limit: rule.limit,
    parts: rule.spread ? shares : 1,
    spare: rule.spread ? shares - 1 - share : 0,
    earlier: earlierOf(rule, now).map(({ bucket }) => bucket),
    ...oldestOf(rule, now),
  }));
  return places.sort(byBucket);
}

/** Locking rows in one order rules out deadlocks. */
export const byBucket = (one: { bucket: string }, other: { bucket: string }) => (one.bucket < other.bucket ? -1 : 1);
