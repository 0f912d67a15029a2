import { recordAudit } from '../audit/record-audit.ts';
import type { ErrorCode, Policy } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { countUp } from '../store/counters.ts';
import { lockAgent } from './call-locks.ts';
import { type CapRule, capRules } from './cap-rules.ts';
import { classifyNumber } from './classify-number.ts';
import { judgeCall, judgeHour, judgeNumber } from './judge-number.ts';
import { readStanding, type Standing } from './policies.ts';

export interface PolicyRequest {
  agentId: string;
  /** E.164 or service digits. */
  number: string;
  /** Epoch milliseconds. */
  at: number;
  /** Why the agent calls outside sales hours, where the policy takes reasons; kept in the audit. */
  overrideReason?: string | undefined;
  /** For the transaction after one that ended with CountAgain. */
  exactly?: boolean;
}

type Base = Pick<Deps, 'store' | 'config' | 'now'>;

/**
 * May this call be placed? Null: yes, and it is counted towards the caps. Otherwise the code that it is refused with.
 * To be asked once for each new call; with `{ ...deps, store: transaction }` the counts stand and fall with the call's own row, and
 * CountAgain says that the transaction must be tried again `exactly`. Reads the standing unless it is given.
 */
export async function checkPolicy(deps: Base, request: PolicyRequest, standing?: Standing): Promise<ErrorCode | null> {
  const { agentId, number, at, overrideReason, exactly } = request;
  const classified = classifyNumber(number);
  if (!classified) return 'number_invalid';
  const found = standing ?? (await readStanding(deps, { agentId, number }));
  const { code, isOverridden } = judgeCall(found, { number, classified, at, reason: overrideReason });
  if (code) return code;

  const full = await countUp(deps.store, at, capRules(found.policy, agentId), exactly);
  if (full?.code === 'agent_locked') await lockAgent(deps, agentId);
  if (full) return full.code;
  if (isOverridden) {
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

/**
 * What a call is to be counted under that the policy has nothing against. Null when it has, or when a reason is needed. Lists, locks
 * and counts are not asked.
 */
export function rulesIfOpen(policy: Policy, { agentId, number, at }: Omit<PolicyRequest, 'exactly'>): CapRule[] | null {
  const classified = classifyNumber(number);
  if (!classified || judgeNumber(policy, number, classified) || judgeHour(policy, classified, at)) return null;
  return capRules(policy, agentId);
}
