import type { ErrorCode, Me } from '../contract.ts';

export type UpstreamHealth = Me['upstream'];

/** What the last answers of AntBuddy say about it. A refusal that concerns one agent or one recording says that it is up. */
export function createHealth(now: () => number) {
  let health: UpstreamHealth = { state: 'unknown', checkedAt: null };
  return {
    read: (): UpstreamHealth => health,
    note(code: ErrorCode | null): void {
      health = { state: stateOf(code), checkedAt: now() };
    },
  };
}

function stateOf(code: ErrorCode | null): UpstreamHealth['state'] {
  if (code === 'upstream_busy') return 'busy';
  if (code === 'upstream_refused') return 'refused';
  return code === 'upstream_unreachable' ||
    code === 'outcome_unknown' ||
    code === 'upstream_failed' ||
    code === 'upstream_malformed'
    ? 'unreachable'
    : 'ok';
}
