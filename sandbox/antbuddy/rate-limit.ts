import type { Clock } from './clock.ts';

export interface RateLimitRule {
  requests: number;
  windowMs: number;
}

interface RateLimit {
  set(rule: RateLimitRule | null): void;
  /** Restores the initial rule. */
  reset(): void;
  /** Counts one request; false if it exceeds the limit. */
  admit(): boolean;
}

/** Fixed windows over all requests of the account; each begins with its first request. */
export function createRateLimit(clock: Clock, initial: RateLimitRule | null): RateLimit {
  let rule = initial;
  let windowEnds = 0;
  let count = 0;
  const set = (next: RateLimitRule | null) => {
    rule = next;
    windowEnds = 0;
  };
  return {
    set,
    reset: () => set(initial),
    admit() {
      if (!rule) return true;
      if (clock.now() >= windowEnds) {
        windowEnds = clock.now() + rule.windowMs;
        count = 0;
      }
      count++;
      return count <= rule.requests;
    },
  };
}
