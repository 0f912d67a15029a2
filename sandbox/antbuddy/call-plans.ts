import type { StatusDetail } from './call-record.ts';

/** The course of a call. Times in milliseconds; `talkMs` applies to SUCCESS only. */
export interface CallPlan {
  outcome: StatusDetail;
  ringMs: number;
  talkMs: number;
  /**
   * For a click: the device is picked up after this time, and only then is the number called, for `ringMs`; signals tell of both
   * legs. Without it the device dials at once.
   */
  liftMs?: number;
}

interface CallPlans {
  /** `pattern` is a dialled number, or its beginning followed by `*`; the longest match wins. */
  set(pattern: string, plan: Partial<CallPlan>): void;
  planFor(number: string): CallPlan;
  clear(): void;
}

export function createCallPlans(standard: CallPlan, initial: Record<string, Partial<CallPlan>>): CallPlans {
  const plans = new Map(Object.entries(initial));
  return {
    set: (pattern, plan) => void plans.set(pattern, plan),
    planFor(number) {
      const matching = [...plans.keys()].filter((pattern) => matches(pattern, number));
      const best = matching.sort((a, b) => b.length - a.length)[0];
      return { ...standard, ...(best === undefined ? {} : plans.get(best)) };
    },
    clear() {
      plans.clear();
      for (const [pattern, plan] of Object.entries(initial)) plans.set(pattern, plan);
    },
  };
}

function matches(pattern: string, number: string): boolean {
  return pattern.endsWith('*') ? number.startsWith(pattern.slice(0, -1)) : pattern === number;
}
