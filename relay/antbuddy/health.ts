import type { ErrorCode, Me } from '../contract.ts';

export type UpstreamHealth = Me['upstream'];

/**
 * AntBuddy's state with respect to calls, derived from its last answers. A refusal that concerns one agent or one recording shows
 * that AntBuddy is up; a failure or an unreadable answer leaves the state unknown, because calls may work while the histories do
 * not. Where the last call and the last read failed within minutes, AntBuddy counts as unreachable.
 */
export function createHealth(now: () => number) {
  let health: UpstreamHealth = { state: 'unknown', checkedAt: null };
  const failedAt = { call: Number.NEGATIVE_INFINITY, read: Number.NEGATIVE_INFINITY };
  return {
    read: (): UpstreamHealth => health,
    note(code: ErrorCode | null, of: keyof typeof failedAt): void {
      const state = (code && states[code]) ?? 'ok';
      const at = now();
      failedAt[of] = state === 'unknown' || state === 'unreachable' ? at : Number.NEGATIVE_INFINITY;
      const bothFail = at - Math.min(failedAt.call, failedAt.read) < togetherMs;
      health = { state: bothFail ? 'unreachable' : state, checkedAt: at };
    },
  };
}

/** A call that failed longer ago says nothing about the calls of now. */
const togetherMs = 5 * 60_000;

const states: Partial<Record<ErrorCode, UpstreamHealth['state']>> = {
  upstream_busy: 'busy',
  upstream_refused: 'refused',
  upstream_unreachable: 'unreachable',
  upstream_failed: 'unknown',
  upstream_malformed: 'unknown',
  outcome_unknown: 'unknown',
};
