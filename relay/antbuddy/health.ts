import type { ErrorCode, Me } from '../contract.ts';

export type UpstreamHealth = Me['upstream'];

/**
 * AntBuddy's state with respect to calls, derived from its last answers. A refusal that concerns one agent or one recording shows
 * that AntBuddy is up; a failure or an unreadable answer leaves the state unknown, because calls may work while the histories do
 * not.
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
