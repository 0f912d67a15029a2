import { sql } from 'kysely';
import type { PolicyVersion } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { rulesIfOpen } from '../policy/check-policy.ts';
import { readPolicy } from '../policy/policies.ts';
import { type Place, placesOf, whole } from '../store/counter-rows.ts';
import type { Store } from '../store/open-store.ts';
import { prepare } from '../store/prepare.ts';
import { runAtOnce } from '../store/run-at-once.ts';
import { StoreError } from '../store/store-error.ts';
import type { CallRow } from './call-answer.ts';
import { findOwnCall } from './ledger.ts';
import { type Asked, askedOf, sameCalls } from './read-before-dial.ts';

/** The policy version read last; every call's statement checks that it is still in force. */
const policies = new WeakMap<Store, PolicyVersion>();

/**
 * Commits the row of a new call and counts it as openCall does, but in one round trip to the store. Null, with nothing written,
 * when anything but a used key speaks against the call: openCall then finds out what it is.
 */
export async function openAtOnce(deps: StoreDeps, draft: CallRow): Promise<{ row: CallRow; fresh: boolean } | null> {
  const { store, now } = deps;
  const inForce = policies.get(store) ?? (await readPolicy(deps));
  policies.set(store, inForce);
  const { version, at, policy } = inForce;
  const rules = rulesIfOpen(policy, { agentId: draft.agent_id, number: draft.number, at: now() });
  const places = rules && placesOf(now(), rules);
  if (!places) return null;
  const count = countOnce(places).bind(store, { ...askedOf(draft, now()), version, savedAt: at ?? 0, ...cellsOf(places) });
  try {
    await runAtOnce(store, [insertCall.bind(store, draft), count]);
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind === 'unavailable') throw error;
    if (error.kind === 'empty') policies.delete(store);
    const own = error.kind === 'unique' ? await findOwnCall(store, draft.device_id, draft.key) : undefined;
    return own ? { row: own, fresh: false } : null;
  }
  return { row: draft, fresh: true };
}

/** Fails when the key is used or another dial of the agent is under way. */
const insertCall = prepare((store, row: CallRow) => store.insertInto('calls').values(row));

const placeCells = ['bucket', 'expires_at', 'limit', 'spare', 'oldestUntil', 'oldestPart'] as const;
type Cells = Record<`${(typeof placeCells)[number] | `earlier${number}of`}${number}`, string | number>;

function cellsOf(places: readonly Place[]): Cells {
  const cells: Cells = {};
  for (const [at, place] of places.entries()) {
    for (const name of placeCells) cells[`${name}${at}`] = place[name];
    for (const [slice, bucket] of place.earlier.entries()) cells[`earlier${slice}of${at}`] = bucket;
  }
  return cells;
}

/** One prepared statement per shape of the places; calls of one policy have few. */
const counts = new Map<string, ReturnType<typeof prepareCount>>();

function countOnce(places: readonly Place[]) {
  const shape = places.map(({ parts, earlier }) => `${parts}:${earlier.length}`).join();
  const count = counts.get(shape) ?? prepareCount(places);
  counts.set(shape, count);
  return count;
}

/** The count at which a place is full. */
function roomOf(asked: Cells, { parts, earlier }: Place, at: number) {
  const limit = sql`cast(${asked[`limit${at}`]} as integer) + cast(${asked[`spare${at}`]} as integer)`;
  if (earlier.length === 0) return sql<number>`(${limit}) / ${sql.lit(parts)}`;
  const buckets = sql.join(earlier.map((_, slice) => asked[`earlier${slice}of${at}`]));
  const part = sql`case when earlier.expires_at > ${asked[`oldestUntil${at}`]} then ${sql.lit(whole)} else cast(${asked[`oldestPart${at}`]} as integer) end`;
  const used = sql`(select coalesce(sum(earlier.count * ${part}), 0) / ${sql.lit(whole)} from counters as earlier where earlier.bucket in (${buckets}))`;
  return sql<number>`(${limit} - ${used}) / ${sql.lit(parts)}`;
}

/**
 * Counts the call in every place. `count` is NOT NULL and the statement sets it to null when a place is full, the policy is not
 * the one the call was judged by, or the do-not-call list, a call lock or an earlier call forbids it: both engines then fail.
 */
function prepareCount(places: readonly Place[]) {
  return prepare((store, asked: Asked & { version: number; savedAt: number } & Cells) =>
    store
      .insertInto('counters')
      .values(({ and, not, exists, selectFrom, fn, eb }) => {
        const inForce = selectFrom('policies').orderBy('version', 'desc').limit(1);
        const isClear = and([
          eb(fn.coalesce(inForce.select('version'), sql.lit(0)), '=', asked.version),
          // A database that took over from another may lack its last version, and another be saved under that number.
          eb(fn.coalesce(inForce.select('at'), sql.lit(0)), '=', asked.savedAt),
          not(exists(selectFrom('do_not_call').select('number').where('number', '=', asked.number))),
          not(exists(selectFrom('call_locks').select('agent_id').where('agent_id', '=', asked.agentId))),
          not(exists(sameCalls({ selectFrom }, asked))),
        ]);
        return places.map((place, at) => ({
          bucket: sql<string>`${asked[`bucket${at}`]}`,
          count: sql<number>`case when ${roomOf(asked, place, at)} > 0 ${at === 0 ? sql`and ${isClear}` : sql``} then 1 end`,
          expires_at: sql<number>`${asked[`expires_at${at}`]}`,
        }));
      })
      .onConflict((c) => {
        const rooms = places.map((place, at) => sql`when ${asked[`bucket${at}`]} then ${roomOf(asked, place, at)}`);
        const room = sql`case excluded.bucket ${sql.join(rooms, sql` `)} end`;
        return c.column('bucket').doUpdateSet({ count: sql`case when counters.count < ${room} then counters.count + 1 end` });
      }),
  );
}
