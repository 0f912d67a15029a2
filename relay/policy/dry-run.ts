import type { InferOutput } from 'valibot';
import { type DryRun, type DryRunRequestSchema, type ErrorCode, errorTable } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { findFull } from '../store/counters.ts';
import { isLocked } from './call-locks.ts';
import { capRules } from './cap-rules.ts';
import { type ClassifiedNumber, classifyNumber } from './classify-number.ts';
import { dialPlan } from './dial-plan.ts';
import { isOnDoNotCallList } from './do-not-call.ts';
import { judgeHour, judgeNumber } from './judge-number.ts';
import { readPolicy } from './policies.ts';
import { readTypedNumber } from './read-typed-number.ts';

/** What would become of a call to this number, without counting or placing anything. */
export async function dryRun(
  deps: Pick<Deps, 'store' | 'config' | 'now'>,
  request: InferOutput<typeof DryRunRequestSchema>,
): Promise<DryRun> {
  const number = readTypedNumber(request.number, deps.config.homeRegion);
  const classified = number && classifyNumber(number);
  const { policy, version } = await readPolicy(deps);
  if (!number || !classified)
    return {
      number: null,
      class: null,
      country: null,
      dialled: null,
      refusal: sentence('number_invalid'),
      policyVersion: version,
    };

  const at = request.at ?? deps.now();
  const code = judgeNumber(policy, number, classified) ?? (await judgeRest(number, classified));
  return {
    number,
    class: classified.class,
    country: classified.country,
    dialled: dialPlan(deps.config)(number),
    refusal: code && sentence(code),
    policyVersion: version,
  };

  async function judgeRest(known: string, kind: ClassifiedNumber): Promise<ErrorCode | null> {
    if (await isOnDoNotCallList(deps.store, known)) return 'do_not_call';
    const hour = judgeHour(policy, kind, at);
    if (hour && hour !== 'overridden') return hour;
    if (!request.agentId) return null;
    if (await isLocked(deps.store, request.agentId)) return 'agent_locked';
    return (await findFull(deps.store, at, capRules(policy, request.agentId)))?.code ?? null;
  }
}

function sentence(code: ErrorCode): NonNullable<DryRun['refusal']> {
  return { code, message: errorTable[code][1] };
}
