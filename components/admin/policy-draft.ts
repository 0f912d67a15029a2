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
