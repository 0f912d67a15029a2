import type { InferOutput } from 'valibot';
import { type DryRun, type DryRunRequestSchema, type ErrorCode, errorTable } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { findFull } from '../store/counters.ts';
import { capRules } from './cap-rules.ts';
import { classifyNumber } from './classify-number.ts';
import { digitsToDial } from './dial-plan.ts';
import { judgeCall } from './judge-number.ts';
import { readStanding } from './policies.ts';
import { readTypedNumber } from './read-typed-number.ts';

type Request = InferOutput<typeof DryRunRequestSchema>;

/** Predicts what would happen to a call to this number, without counting or placing anything. */
export async function dryRun(deps: StoreDeps, request: Request): Promise<DryRun> {
  const { number, classified, refusal, version } = await judgeTyped(deps, request);
  return {
    number,
    class: classified?.class ?? null,
    country: classified?.country ?? null,
    dialled: number && digitsToDial(deps.config, number),
    refusal,
    policyVersion: version,
  };
}

/** The same, with the policy that decided. */
export async function judgeTyped(deps: StoreDeps, { number: typed, at = deps.now(), agentId }: Request) {
  const number = readTypedNumber(typed, deps.config.homeRegion);
  const classified = number && classifyNumber(number);
  const standing = await readStanding(deps, { number: number ?? '', agentId: agentId ?? '' });
  if (!number || !classified) return { number: null, classified: null, refusal: sentence('number_invalid'), ...standing };
  const { code } = judgeCall(standing, { number, classified, at });
  // Without an agent only the company's counts can be full.
  const full = code ? null : await findFull(deps.store, at, capRules(standing.policy, agentId ?? ''));
  const refusedFor = code ?? full?.code;
  return { number, classified, refusal: refusedFor ? sentence(refusedFor) : null, ...standing };
}

function sentence(code: ErrorCode): { code: ErrorCode; message: string } {
  return { code, message: errorTable[code][1] };
}
