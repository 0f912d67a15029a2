import { recordAudit } from '../audit/record-audit.ts';
import type { ErrorCode, Policy } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { type CounterRule, countUp } from '../store/counters.ts';
import { isLocked, lockAgent } from './call-locks.ts';
import { classifyNumber } from './classify-number.ts';
import { isOnDoNotCallList } from './do-not-call.ts';
import { judgeHour, judgeNumber } from './judge-number.ts';
import { readPolicy } from './policies.ts';

export interface PolicyRequest {
  agentId: string;
  /** E.164 or service digits. */
  number: string;
  /** Epoch milliseconds. */
  at: number;
  /** Why the agent calls outside sales hours, where the policy takes reasons; kept in the audit. */
  overrideReason?: string | undefined;
}

type Base = Pick<Deps, 'store' | 'config' | 'now'>;

/**
 * May this call be placed? Null: yes, and it is counted towards the caps. Otherwise the code that it is refused with.
 * To be asked once for each new call; with `{ ...deps, store: transaction }` the counts stand and fall with the call's own row.
 */
export async function checkPolicy(deps: Base, request: PolicyRequest): Promise<ErrorCode | null> {
  const { agentId, number, at, overrideReason } = request;
  const classified = classifyNumber(number);
  if (!classified) return 'number_invalid';
  const { policy } = await readPolicy(deps);
  const refusal = judgeNumber(policy, number, classified);
  if (refusal) return refusal;
  if (await isOnDoNotCallList(deps.store, number)) return 'do_not_call';
  const hour = judgeHour(policy, classified, at, overrideReason);
  if (hour && hour !== 'overridden') return hour;
  if (await isLocked(deps.store, agentId)) return 'agent_locked';

  const full = await countUp(deps.store, at, capRules(policy, agentId));
  if (full?.code === 'agent_locked') await lockAgent(deps, agentId);
  if (full) return full.code;
  if (hour === 'overridden') {
    const detail = { number, reason: overrideReason };
    await recordAudit(deps, {
      actor: `agent:${agentId}`,
      action: 'call.outside-sales-hours',
      subject: `agent:${agentId}`,
      detail,
    });
  }
  return null;
}

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
    { bucket: 'calls:minute:company', limit: caps.companyPerMinute, windowMs: minute, code: 'company_minute_cap' },
    { bucket: 'calls:day:company', limit: caps.companyPerDay, windowMs: day, code: 'company_day_cap' },
  ];
}
