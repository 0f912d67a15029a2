import type { ErrorCode, Me } from '../contract.ts';

export type UpstreamHealth = Me['upstream'];

/**
 * What the last answers of AntBuddy say about calls. A refusal that concerns one agent or one recording says that it is up; a failure or an
 * answer that is not understood says neither: calls may go through while the histories do not.
 */
export function createHealth(now: () => number) {
  let health: UpstreamHealth = { state: 'unknown', checkedAt: null };
  return {
    read: (): UpstreamHealth => health,
    note(code: ErrorCode | null): void {
      health = { state: (code && states[code]) ?? 'ok', checkedAt: now() };
    },
  };
}

const states: Partial<Record<ErrorCode, UpstreamHealth['state']>> = {
  upstream_busy: 'busy',
  upstream_refused: 'refused',
  upstream_unreachable: 'unreachable',
  upstream_failed: 'unknown',
  upstream_malformed: 'unknown',
  outcome_unknown: 'unknown',
};
