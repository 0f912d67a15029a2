import type { ErrorCode, Me } from '../contract.ts';

export type UpstreamHealth = Me['upstream'];

/**
 * AntBuddy's state with respect to calls, derived from its last answers. A refusal that concerns one agent or one recording shows
 * that AntBuddy is up; a failure or an unreadable answer leaves the state unknown, because calls may work while the histories do
 * not. Where the last call and the last read both failed, AntBuddy counts as unreachable.
 */
export function createHealth(now: () => number) {
  let health: UpstreamHealth = { state: 'unknown', checkedAt: null };
  const fails = { call: false, read: false };
  return {
    read: (): UpstreamHealth => health,
    note(code: ErrorCode | null, of: keyof typeof fails): void {
      const state = (code && states[code]) ?? 'ok';
      fails[of] = state === 'unknown';
      health = { state: fails.call && fails.read ? 'unreachable' : state, checkedAt: now() };
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
