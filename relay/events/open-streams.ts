import type { Deps } from '../deps.ts';
import { agentNames, agentPartyKeys } from '../history/party-key.ts';
import { repeat } from '../repeat.ts';
import { StoreError } from '../store/store-error.ts';

interface OpenStream {
  deviceId: string;
  /** The agent's parties when an event stream began; null for a recording, which does not depend on them. */
  parties: string[] | null;
  end(): void;
}

const batch = 500;
/** A browser reads one event stream and few recordings; the end of earlier ones may not have been noticed yet. */
const mostOfDevice = 10;

export type OpenStreams = ReturnType<typeof createOpenStreams>;

/** The streams that a relay is sending. */
export function createOpenStreams({ store, config }: Pick<Deps, 'store' | 'config'>) {
  const open = new Set<OpenStream>();
  return {
    /**
     * Registers a stream that may have to be ended, until the returned undo is called. If a device has too many of one kind, the
     * oldest are ended.
     */
    add(stream: OpenStream): () => void {
      open.add(stream);
      const isOfEvents = stream.parties !== null;
      const own = [...open].filter(({ deviceId, parties }) => deviceId === stream.deviceId && (parties !== null) === isOfEvents);
      for (const oldest of own.slice(0, -mostOfDevice)) oldest.end();
      return () => open.delete(stream);
    },
    /** Ends the streams of revoked devices and of agents that were deactivated or whose user name or SIP devices changed. */
    async endStale(): Promise<void> {
      const streams = [...open];
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
    },
  };
}

/** Ends stale streams within a second, until the signal aborts. */
export async function startEndingStreams(deps: Pick<Deps, 'streams' | 'log'>, signal: AbortSignal, everyMs = 700): Promise<void> {
  // One line for a store that is away for hours.
  let isTold = false;
  const work = async () => {
    await deps.streams.endStale();
    isTold = false;
  };
  await repeat(everyMs, signal, work, (error) => {
    if (!isTold) deps.log.error({ err: error }, 'open streams could not be checked');
    isTold = error instanceof StoreError;
  });
}
