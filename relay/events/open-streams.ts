import type { Deps } from '../deps.ts';
import type { Store } from '../store/open-store.ts';

export interface OpenStream {
  deviceId: string;
  /** Who the agent was when the stream began. */
  username: string | null;
  sipUser: string | null;
  end(): void;
}

const batch = 500;
const open = new WeakMap<Store, Set<OpenStream>>();

/** Remembers a stream until its undo is called, so that it can be ended. */
export function rememberStream({ store }: Pick<Deps, 'store'>, stream: OpenStream): () => void {
  const streams = open.get(store) ?? new Set();
  open.set(store, streams);
  streams.add(stream);
  return () => streams.delete(stream);
}

/** Ends the streams of devices that were revoked, and of agents that were shut out or are mapped to another user or device now. */
export async function endStaleStreams({ store }: Pick<Deps, 'store'>): Promise<void> {
  const streams = [...(open.get(store) ?? [])];
  for (let start = 0; start < streams.length; start += batch) {
    const some = streams.slice(start, start + batch);
    const rows = await store
      .selectFrom('devices')
      .innerJoin('agents', 'agents.id', 'devices.agent_id')
      .select(['devices.id', 'agents.username', 'agents.sip_user'])
      .where('devices.revoked_at', 'is', null)
      .where('agents.active', '=', 1)
      .where('devices.id', 'in', [...new Set(some.map(({ deviceId }) => deviceId))])
      .execute();
    const current = new Map(rows.map((row) => [row.id, row]));
    for (const stream of some) {
      const row = current.get(stream.deviceId);
      if (row?.username !== stream.username || row.sip_user !== stream.sipUser) stream.end();
    }
  }
}
