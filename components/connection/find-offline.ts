import type { Call } from '../../relay/contract.ts';
import { toldMs } from '../../utils/calls/told-calls.ts';

interface Known {
  /** Recent calls, wherever they were placed, in any order. */
  calls: readonly Call[];
  /** SIP user of the device that would ring. */
  rings: string | null;
  /** When a call was last answered on the agent's only device; 0 when an answer does not identify the device. */
  reachedAt: number;
  now: number;
}

/**
 * The call that found its device offline, unless later evidence shows it online. Only an accepted call, or another one that
 * found it offline, is evidence: a call refused by a rule never reached the device. All times are on the relay's clock.
 */
export function findOffline({ calls, rings, reachedAt, now }: Known): Call | undefined {
  const telling = calls
    .filter((call) => isOffline(call) || call.state === 'accepted')
    .filter(({ createdAt }) => now - createdAt < toldMs && createdAt > reachedAt)
    .sort((a, b) => b.createdAt - a.createdAt);
  const ofRinging = telling.find(({ sipUser }) => !sipUser || rings === null || sipUser === rings);
  return [telling[0], ofRinging].find((call) => call && isOffline(call));
}

function isOffline({ reason }: Call): boolean {
  return reason?.code === 'device_offline';
}
