import type { Deps } from '../deps.ts';
import { RelayError } from './relay-error.ts';

const minuteMs = 60_000;

const readsForAWrite = 4;

export type RequestCounts = ReturnType<typeof createRequestCounts>;

/**
 * Counts each browser's requests per minute: writes (a click's row, a ticket's audit line) and reads, of which four times as many
 * are allowed. It is a fuse against a browser that loops, not a quota, so each relay counts in its own memory.
 */
export function createRequestCounts({ config, now }: Pick<Deps, 'config' | 'now'>) {
  let current = { minute: 0, requests: new Map<string, number>() };
  return {
    /** Throws `too_many_attempts`. */
    count(deviceId: string, kind: 'read' | 'write'): void {
      const minute = Math.floor(now() / minuteMs);
      if (current.minute !== minute) current = { minute, requests: new Map() };
      const name = `${kind} ${deviceId}`;
      const count = (current.requests.get(name) ?? 0) + 1;
      current.requests.set(name, count);
      if (count > config.deviceWrites * (kind === 'read' ? readsForAWrite : 1)) throw new RelayError('too_many_attempts');
    },
  };
}
