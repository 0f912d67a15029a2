import type { Deps } from '../deps.ts';
import { moveNote } from '../notes/move-note.ts';
import { agentPartyKeys } from './party-key.ts';

/** Placed calls older than this are not looked for any more. */
const lookBackMs = 86_400_000;
/** AntBuddy's start of a call, on its clock, against the commit on ours: it rings the device before it dials. */
const earlierMs = 60_000;
const laterMs = 180_000;

/**
 * Finds the mirrored call that each placed call became: of the same agent, to the same number, started within minutes, the
 * nearest one that is not taken. Accepted and unknown calls only. An unknown call stays unknown in the ledger, for one key has
 * one answer; the link merely says where the call is told on, and its note goes there. Gives how many were linked.
 */
export async function linkCalls({ store, config }: Pick<Deps, 'store' | 'config'>, now: number): Promise<number> {
  const placed = await store
    .selectFrom('calls')
    .innerJoin('agents', 'agents.id', 'calls.agent_id')
    .select([
      'calls.device_id',
      'calls.key',
      'calls.agent_id',
      'calls.number',
      'calls.created_at',
      'agents.username',
      'agents.sip_user',
    ])
    .where('calls.created_at', '>=', now - lookBackMs)
    .where('calls.state', 'in', ['accepted', 'unknown'])
    .where('calls.history_id', 'is', null)
    .orderBy('calls.created_at')
    .limit(2000)
    .execute();
  let linked = 0;
  for (const call of placed) {
    const parties = agentPartyKeys({ username: call.username, sipUser: call.sip_user }, config.homeRegion);
    if (parties.length === 0) continue;
    const candidates = await store
      .selectFrom('history_parties')
      .select(['history_id', 'started_at'])
      .where('party', 'in', parties)
      .where('started_at', '>=', call.created_at - earlierMs)
      .where('started_at', '<=', call.created_at + laterMs)
      .where('peer_number', '=', call.number)
      .where('direction', '!=', 'inbound')
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('calls').select('calls.key').whereRef('calls.history_id', '=', 'history_parties.history_id'))),
      )
      .execute();
    const [nearest] = candidates.sort(
      (a, b) => Math.abs(a.started_at - call.created_at) - Math.abs(b.started_at - call.created_at),
    );
    if (!nearest) continue;
    await store.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('calls')
        .set({ history_id: nearest.history_id })
        .where('device_id', '=', call.device_id)
        .where('key', '=', call.key)
        .execute();
      await moveNote(transaction, { agentId: call.agent_id, key: call.key, historyId: nearest.history_id });
    });
    linked += 1;
  }
  return linked;
}
