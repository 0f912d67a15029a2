import type { Policy, SalesWindow } from '../../relay/contract.ts';

/** Parts of a policy that are changed and compared as wholes. */
export type PolicyPart = keyof Policy;

/** Least and greatest whole numbers that the relay accepts. */
export const limits = {
  cap: [1, 1_000_000],
  minutes: [1, 1440],
  historyDays: [31, 3650],
} as const;

export function isWithin(value: number, [least, most]: readonly [number, number]): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** Why a window of the sales hours cannot be saved. */
export function windowFault({ from, to, days, classes }: SalesWindow): 'untimed' | 'backwards' | 'empty' | null {
  if (!from || !to) return 'untimed';
  if (from >= to) return 'backwards';
  return days.length === 0 || classes.length === 0 ? 'empty' : null;
}

/** The part because of which a draft cannot be saved; null when it can. */
export function faultOf({ countries, caps, burst, salesHours, historyDays }: Policy): PolicyPart | null {
  if (countries.length === 0) return 'countries';
  if (Object.values(caps).some((cap) => !isWithin(cap, limits.cap))) return 'caps';
  if (!isWithin(burst.calls, limits.cap) || !isWithin(burst.minutes, limits.minutes)) return 'burst';
  if (salesHours?.windows.some((window) => windowFault(window) !== null)) return 'salesHours';
  return isWithin(historyDays, limits.historyDays) ? null : 'historyDays';
}

/**
 * Merges a draft into a policy that somebody else saved meanwhile: untouched parts take the newer values, edited ones stay.
 * `both` names the edited parts that the newer policy changed to something else.
 */
export function rebasePolicy(draft: Policy, before: Policy, newer: Policy): { draft: Policy; both: PolicyPart[] } {
  const parts = Object.keys(newer) as PolicyPart[];
  const touched = parts.filter((part) => !isSame(draft[part], before[part]));
  const both = touched.filter((part) => !isSame(newer[part], before[part]) && !isSame(newer[part], draft[part]));
  return { draft: { ...newer, ...Object.fromEntries(touched.map((part) => [part, draft[part]])) }, both };
}

/** Policies are plain data whose lists keep their order. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
