import { recordAudit } from '../audit/record-audit.ts';
import type { ErrorCode, Policy } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { countUp } from '../store/counters.ts';
import { lockAgent } from './call-locks.ts';
import { type CapRule, capRules } from './cap-rules.ts';
import { classifyNumber } from './classify-number.ts';
import { judgeCall, judgeHour, judgeNumber } from './judge-number.ts';
import { readStanding, type Standing } from './policies.ts';

interface PolicyRequest {
  agentId: string;
  /** E.164 or service digits. */
  number: string;
  /** Epoch milliseconds. */
  at: number;
  /** The agent's reason for calling outside sales hours, if the policy accepts reasons; kept in the audit log. */
  overrideReason?: string | undefined;
  /** For the transaction that is repeated after a CountAgain. */
  exactly?: boolean;
}

/**
 * Decides whether a call may be placed. Null means yes, and the call is counted towards the caps; otherwise the code of the
 * refusal. Call it once for each new call. With `{ ...deps, store: transaction }` the counts commit or roll back with the call's
 * own row, and CountAgain means that the transaction must be retried with `exactly`. Reads the standing unless it is given.
 */
export async function checkPolicy(deps: StoreDeps, request: PolicyRequest, standing?: Standing): Promise<ErrorCode | null> {
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
 * The caps that a call counts towards if the policy alone permits it; null if the policy refuses it or requires a reason. Lists,
 * locks and counts are not checked.
 */
export function rulesIfOpen(policy: Policy, { agentId, number, at }: Omit<PolicyRequest, 'exactly'>): CapRule[] | null {
  const classified = classifyNumber(number);
  if (!classified || judgeNumber(policy, number, classified) || judgeHour(policy, classified, at)) return null;
  return capRules(policy, agentId);
}
