import type { ErrorCode, Policy } from '../contract.ts';
import type { CounterRule } from '../store/counters.ts';

interface CapRule extends CounterRule {
  code: ErrorCode;
}

/** In the order in which they are looked at. Minutes and days are the relay's, in UTC. */
export function capRules({ caps, burst }: Policy, agentId: string): CapRule[] {
  const minute = 60_000;
  const day = 1440 * minute;
  return [
    { bucket: `calls:burst:${agentId}`, limit: burst.calls, windowMs: burst.minutes * minute, code: 'agent_locked' },
    { bucket: `calls:minute:${agentId}`, limit: caps.agentPerMinute, windowMs: minute, code: 'agent_minute_cap' },
    { bucket: `calls:day:${agentId}`, limit: caps.agentPerDay, windowMs: day, code: 'agent_day_cap' },
    { bucket: 'calls:minute:company', limit: caps.companyPerMinute, windowMs: minute, spread: true, code: 'company_minute_cap' },
    { bucket: 'calls:day:company', limit: caps.companyPerDay, windowMs: day, spread: true, code: 'company_day_cap' },
  ];
}
