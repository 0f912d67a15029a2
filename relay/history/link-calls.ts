import { setImmediate as giveWay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { moveNotes } from '../notes/move-notes.ts';
import type { Store } from '../store/open-store.ts';
import { prepare } from '../store/prepare.ts';
import { agentNames, agentPartyKeys } from './party-key.ts';

/** Placed calls older than this are linked only when the histories of their time are read again. */
export const lookBackMs = 86_400_000;
/** Tolerance between AntBuddy's start of a call and our commit, each by its own clock; the device rings before AntBuddy dials. */
export const earlierMs = 60_000;
export const laterMs = 180_000;
/** Links per transaction: each costs a wait for the disk and locks the notes of its calls until it ends. */
const together = 50;
/** Calls looked up per statement: one round trip for each of thousands would be most of the work. */
const askedAtOnce = 100;
/**
 * Most calls of the last day per run, newest first: those missing from the histories stay unlinked, and the newest matter most.
 */
const mostRecent = 2_000;
/** Instead of `is null`, for which SQLite would scan all calls that were never linked, however old. */
const isUnlinked = sql<boolean>`coalesce(history_id, '') = ''`;

interface Link {
  device_id: string;
  key: string;
  agent_id: string;
  historyId: string;
}

/**
 * Links each placed call to its mirrored call: same agent, same number, started within minutes. Where several match, the pair
 * closest in time is linked first, so that a click that came to nothing leaves the mirrored call to the next click. Considers
 * accepted and unknown calls only; an unknown call stays unknown in the ledger, because one key has one answer, and the link
 * merely says where the call is reported and moves its note there. Looks at the calls of the last day, or of `from` to `to`,
 * whose histories were read. Returns how many were linked.
 */
export async function linkCalls({ store, config }: Pick<Deps, 'store' | 'config'>, to: number, from?: number): Promise<number> {
  const placed = await store
    .selectFrom('calls')
    .select(['device_id', 'key', 'agent_id', 'number', 'created_at', 'sip_user'])
    .where('created_at', '>=', (from ?? to - lookBackMs) - laterMs)
    .where('created_at', '<=', to + earlierMs)
    .where('state', 'in', ['accepted', 'unknown'])
    .where(isUnlinked)
    .orderBy('created_at', 'desc')
    .$if(from === undefined, (calls) => calls.limit(mostRecent))
    .execute();
  // Oldest first: of two equally close calls the earlier click is linked.
  placed.reverse();
  const namesOf = await readNames(store, [...new Set(placed.map(({ agent_id }) => agent_id))]);
  const asked = placed.flatMap((call) => {
    const { username, sipUsers } = agentNames(namesOf.get(call.agent_id) ?? []);
    // The device it was placed with may belong to another agent by now, or to nobody.
    const parties = agentPartyKeys({ username, sipUsers: call.sip_user ? [call.sip_user] : sipUsers }, config.homeRegion);
    return parties.map((party) => ({ party, call }));
  });
  const pairs: { call: (typeof placed)[number]; historyId: string; apart: number }[] = [];
  for (let from = 0; from < asked.length; from += askedAtOnce) {
    const some = asked.slice(from, from + askedAtOnce);
    const candidates = await findUnlinked(store, some);
    // SQLite answers synchronously: without this no other work would run in between.
    await giveWay();
    for (const { party, call } of some) {
      for (const { history_id, started_at } of candidates.get(nameOf(party, call.number)) ?? []) {
        const late = started_at - call.created_at;
        if (late >= -earlierMs && late <= laterMs) pairs.push({ call, historyId: history_id, apart: apartOf(late) });
      }
    }
  }
  const links: Link[] = [];
  const taken = new Set<unknown>();
  for (const { call, historyId } of pairs.sort((a, b) => a.apart - b.apart)) {
    if (taken.has(historyId) || taken.has(call)) continue;
    taken.add(historyId).add(call);
    links.push({ ...call, historyId });
  }
  let linked = 0;
  for (let from = 0; from < links.length; from += together) linked += await write(store, links.slice(from, from + together));
  return linked;
}

/** Relative distance in time. A start before the click comes from differing clocks and has less tolerance, so it weighs more. */
function apartOf(ms: number): number {
  return ms < 0 ? -ms / earlierMs : ms / laterMs;
}

/** Ranges in which the histories should report the newest accepted, unlinked calls placed between `since` and `until`. */
export async function findAwaited(
  store: Store,
  since: number,
  until: number,
  most: number,
): Promise<{ from: number; to: number }[]> {
  const placed = await store
    .selectFrom('calls')
    .select('created_at')
    .where('created_at', '>=', since)
    .where('created_at', '<', until)
    .where('state', '=', 'accepted')
    .where(isUnlinked)
    .orderBy('created_at', 'desc')
    .limit(most)
    .execute();
  return placed.map(({ created_at }) => ({ from: created_at - earlierMs, to: created_at + laterMs }));
}

/** Skips calls that another relay has linked meanwhile. */
function write(store: Store, links: readonly Link[]): Promise<number> {
  return store.transaction().execute(async (transaction) => {
    const written = await Promise.all(
      links.map(({ device_id, key, historyId }) => writeLink(transaction, { device_id, key, historyId })),
    );
    const moves = links.filter((_, at) => written[at]?.numAffectedRows === 1n);
    await moveNotes(
      transaction,
      moves.map(({ agent_id, key, historyId }) => ({ agentId: agent_id, key, historyId })),
    );
    return moves.length;
  });
}

const nameOf = (party: string, number: string) => `${party} ${number}`;

/** Mirrored calls that may match the given ones, by party and number. */
async function findUnlinked(store: Store, asked: readonly { party: string; call: { number: string; created_at: number } }[]) {
  const times = asked.map(({ call }) => call.created_at);
  const names = asked.flatMap(({ party, call }) => [party, call.number]);
  // Padded with empty names, so that the statement is always the same.
  const nobody = Array.from({ length: 2 * askedAtOnce - names.length }, () => '');
  const { rows } = await selectUnlinked(store, [
    Math.min(...times) - earlierMs,
    Math.max(...times) + laterMs,
    ...names,
    ...nobody,
  ]);
  return Map.groupBy(rows, ({ party, peer_number }) => nameOf(party, peer_number));
}

const selectUnlinked = prepare((store, [since, until, ...names]: (string | number)[]) =>
  store
    .selectFrom('history_parties')
    .select(['party', 'peer_number', 'history_id', 'started_at'])
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('party', 'peer_number'),
        'in',
        Array.from({ length: askedAtOnce }, (_, at) => tuple(names[2 * at] as string, names[2 * at + 1] as string)),
      ),
    )
    .where('started_at', '>=', since as number)
    .where('started_at', '<=', until as number)
    .where('direction', '!=', 'inbound')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('calls').select('calls.key').whereRef('calls.history_id', '=', 'history_parties.history_id'))),
    ),
);

const writeLink = prepare((store, { device_id, key, historyId }: Pick<Link, 'device_id' | 'key' | 'historyId'>) =>
  store
    .updateTable('calls')
    .set({ history_id: historyId })
    .where('device_id', '=', device_id)
    .where('key', '=', key)
    .where(isUnlinked),
);

async function readNames(store: Store, agentIds: string[]) {
  if (agentIds.length === 0) return new Map<string, never[]>();
  const rows = await store
    .selectFrom('agents')
    .leftJoin('sip_devices', 'sip_devices.agent_id', 'agents.id')
    .select(['agents.id', 'agents.username', 'sip_devices.sip_user'])
    .where('agents.id', 'in', agentIds)
    .execute();
  return Map.groupBy(rows, ({ id }) => id);
}
