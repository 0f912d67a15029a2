import type { Deps } from '../deps.ts';
import { RelayError } from './relay-error.ts';

const minuteMs = 60_000;

const readsForAWrite = 4;

interface Counted {
  minute: number;
  requests: Map<string, number>;
}
const counted = new WeakMap<object, Counted>();

/**
 * Counts one more request of a browser in this minute: what writes a click's row or a ticket's audit line, and what only reads, of which
 * four times as many are taken. A fuse for one that runs in a loop, not a quota, and so in the memory of each relay. Throws
 * `too_many_attempts`.
 */
export function limitRequests(deps: Pick<Deps, 'config' | 'now'>, deviceId: string, kind: 'read' | 'write'): void {
  const minute = Math.floor(deps.now() / minuteMs);
  const known = counted.get(deps);
  const { requests } = known?.minute === minute ? known : { requests: new Map<string, number>() };
  const name = `${kind} ${deviceId}`;
  const count = (requests.get(name) ?? 0) + 1;
  counted.set(deps, { minute, requests: requests.set(name, count) });
  if (count > deps.config.deviceWrites * (kind === 'read' ? readsForAWrite : 1)) throw new RelayError('too_many_attempts');
}
