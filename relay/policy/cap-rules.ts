import type { ErrorCode, Policy } from '../contract.ts';
import type { CounterRule } from '../store/counter-rows.ts';
import { companyTimeZone, localClock } from './local-clock.ts';

export interface CapRule extends CounterRule {
  code: ErrorCode;
}

/**
 * The caps in the order in which they are checked. Minutes and the burst end now at all times (see `slices`); days begin at the
 * company's midnight.
 */
export function capRules(policy: Policy, agentId: string): CapRule[] {
  const { caps, burst } = policy;
  const minuteMs = 60_000;
  const minute = { windowMs: minuteMs, slices: 1 };
  // Who is locked waits for an admin: nobody is below the limit.
  const inBurst = { windowMs: burst.minutes * minuteMs, slices: 10, onlyWhole: true };
  const day = { windowMs: 1440 * minuteMs, clock: localClock(companyTimeZone(policy)) };
  return [
    { bucket: `calls:burst:${agentId}`, limit: burst.calls, ...inBurst, code: 'agent_locked' },
    { bucket: `calls:minute:${agentId}`, limit: caps.agentPerMinute, ...minute, code: 'agent_minute_cap' },
    { bucket: `calls:day:${agentId}`, limit: caps.agentPerDay, ...day, code: 'agent_day_cap' },
    { bucket: 'calls:minute:company', limit: caps.companyPerMinute, ...minute, spread: true, code: 'company_minute_cap' },
    { bucket: 'calls:day:company', limit: caps.companyPerDay, ...day, spread: true, code: 'company_day_cap' },
  ];
}
