import type { Deps } from '../deps.ts';
import { RelayError } from './relay-error.ts';

const minuteMs = 60_000;

interface Counted {
  minute: number;
  byDevice: Map<string, number>;
}
const counted = new WeakMap<object, Counted>();

/**
 * Counts one more thing that a browser writes in this minute: a click's row, a ticket's audit line. A fuse for one that runs in a loop,
 * not a quota, and so in the memory of each relay. Throws `too_many_attempts`.
 */
export function limitWrites(deps: Pick<Deps, 'config' | 'now'>, deviceId: string): void {
  const minute = Math.floor(deps.now() / minuteMs);
  const known = counted.get(deps);
  const { byDevice } = known?.minute === minute ? known : { byDevice: new Map<string, number>() };
  const count = (byDevice.get(deviceId) ?? 0) + 1;
  counted.set(deps, { minute, byDevice: byDevice.set(deviceId, count) });
  if (count > deps.config.deviceWrites) throw new RelayError('too_many_attempts');
}
