import type { Deps } from '../deps.ts';
import { agentNames, agentPartyKeys } from '../history/party-key.ts';
import type { Store } from '../store/open-store.ts';

export interface OpenStream {
  deviceId: string;
  /** Who the agent was when a stream of events began; null for one that does not hang on that, a recording. */
  parties: string[] | null;
  end(): void;
}

const batch = 500;
/** Of events a browser reads one, of recordings few; those before may not have been seen to end yet. */
const mostOfDevice = 10;
const open = new WeakMap<Store, Set<OpenStream>>();

/** Remembers a stream until its undo is called, so that it can be ended. Of a device that opens too many of a kind the oldest end. */
export function rememberStream({ store }: Pick<Deps, 'store'>, stream: OpenStream): () => void {
  const streams = open.get(store) ?? new Set();
  open.set(store, streams);
  streams.add(stream);
  const isOfEvents = stream.parties !== null;
  const own = [...streams].filter(({ deviceId, parties }) => deviceId === stream.deviceId && (parties !== null) === isOfEvents);
  for (const oldest of own.slice(0, -mostOfDevice)) oldest.end();
  return () => streams.delete(stream);
}

/** Ends the streams of devices that were revoked, and of agents that were shut out or are mapped to another user or device now. */
export async function endStaleStreams({ store, config }: Pick<Deps, 'store' | 'config'>): Promise<void> {
  const streams = [...(open.get(store) ?? [])];
  for (let start = 0; start < streams.length; start += batch) {
    const some = streams.slice(start, start + batch);
    const rows = await store
      .selectFrom('devices')
      .innerJoin('agents', 'agents.id', 'devices.agent_id')
      .leftJoin('sip_devices', 'sip_devices.agent_id', 'agents.id')
      .select(['devices.id', 'agents.username', 'sip_devices.sip_user'])
      .where('devices.revoked_at', 'is', null)
      .where('agents.active', '=', 1)
      .where('devices.id', 'in', [...new Set(some.map(({ deviceId }) => deviceId))])
      .execute();
    const current = Map.groupBy(rows, (row) => row.id);
    for (const stream of some) {
      const own = current.get(stream.deviceId);
      const parties = own && agentPartyKeys(agentNames(own), config.homeRegion);
      if (!parties || (stream.parties && parties.join() !== stream.parties.join())) stream.end();
    }
  }
}
