import type { ErrorCode, Policy } from '../contract.ts';
import type { ClassifiedNumber } from './classify-number.ts';
import type { Standing } from './policies.ts';
import { isWithinSalesHours } from './sales-hours.ts';

const closedCodes: Partial<Record<ClassifiedNumber['class'], ErrorCode>> = {
  premium: 'number_premium',
  satellite: 'number_satellite',
  short: 'number_short',
};

/**
 * What is against a call, counts aside: the first code of what is asked in turn. `isOverridden`: only the hour is, and the agent gave a
 * reason that the policy takes.
 */
export function judgeCall(
  { policy, isListed, isLocked }: Standing,
  { number, classified, at, reason }: { number: string; classified: ClassifiedNumber; at: number; reason?: string | undefined },
): { code: ErrorCode | null; isOverridden: boolean } {
  const hour = judgeHour(policy, classified, at, reason);
  const isOverridden = hour === 'overridden';
  const code =
    judgeNumber(policy, number, classified) ??
    (isListed ? 'do_not_call' : null) ??
    (isOverridden ? null : hour) ??
    (isLocked ? 'agent_locked' : null);
  return { code, isOverridden };
}

/** What the policy says of the number itself, before anybody's counts and lists; null when nothing. */
export function judgeNumber(policy: Policy, number: string, classified: ClassifiedNumber): ErrorCode | null {
  const { class: kind, country } = classified;
  if (kind === 'emergency') return 'number_emergency';
  const isOpen = kind === 'mobile' || kind === 'fixed' || policy.openClasses.some((open) => open === kind);
  if (!isOpen) return closedCodes[kind] ?? 'number_class_closed';
  // Satellite codes have no country, so opening their class is all there is to open.
  const needsCountry = number.startsWith('+') && kind !== 'satellite';
  return needsCountry && !(country && policy.countries.includes(country)) ? 'country_not_allowed' : null;
}

/** What the hour says. `reason`: why the agent calls all the same, where the policy takes reasons. */
export function judgeHour(
  policy: Policy,
  { class: kind }: ClassifiedNumber,
  at: number,
  reason?: string,
): ErrorCode | 'overridden' | null {
  const { salesHours } = policy;
  if (!salesHours || isWithinSalesHours(salesHours, kind, at)) return null;
  return salesHours.override && reason ? 'overridden' : 'outside_sales_hours';
}
