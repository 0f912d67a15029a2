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
 * The first refusal of a call, without the counts. `isOverridden` means that only the hour is against the call and the agent gave
 * a reason that the policy accepts.
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

/** The policy's refusal of the number itself, independent of counts and lists; null when there is none. */
export function judgeNumber(policy: Policy, number: string, classified: ClassifiedNumber): ErrorCode | null {
  const { class: kind, country } = classified;
  if (kind === 'emergency') return 'number_emergency';
  const isOpen = kind === 'mobile' || kind === 'fixed' || policy.openClasses.some((open) => open === kind);
  if (!isOpen) return closedCodes[kind] ?? 'number_class_closed';
  // Satellite codes have no country, so opening their class is enough.
  const needsCountry = number.startsWith('+') && kind !== 'satellite';
  return needsCountry && !(country && policy.countries.includes(country)) ? 'country_not_allowed' : null;
}

/** The refusal for the hour. `reason` is why the agent calls anyway; it counts only if the policy accepts reasons. */
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
