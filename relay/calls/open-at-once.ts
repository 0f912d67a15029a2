import { sql } from 'kysely';
import type { PolicyVersion } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { rulesIfOpen } from '../policy/check-policy.ts';
import { readPolicy } from '../policy/policies.ts';
import { type Place, placesOf } from '../store/counters.ts';
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
export async function openAtOnce(
  deps: Pick<Deps, 'store' | 'config' | 'now'>,
  draft: CallRow,
): Promise<{ row: CallRow; fresh: boolean } | null> {
  const { store, now } = deps;
  const { version, policy } = policies.get(store) ?? (await readPolicy(deps));
  policies.set(store, { version, at: null, policy });
  const rules = rulesIfOpen(policy, { agentId: draft.agent_id, number: draft.number, at: now() });
  const places = rules && placesOf(now(), rules);
  if (!places?.every(({ limit }) => limit > 0)) return null;
  const count = countOnce(places.length).bind(store, { ...askedOf(draft, now()), version, ...cellsOf(places) });
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

type Cells = Record<`${'bucket' | 'limit' | 'expires'}${number}`, string | number>;

function cellsOf(places: readonly Place[]): Cells {
  const cells: Cells = {};
  for (const [at, { bucket, limit, expires_at }] of places.entries()) {
    cells[`bucket${at}`] = bucket;
    cells[`limit${at}`] = limit;
    cells[`expires${at}`] = expires_at;
  }
  return cells;
}

/** One prepared statement per number of places; every call with that many places uses the same. */
const counts = new Map<number, ReturnType<typeof prepareCount>>();

function countOnce(places: number) {
  const count = counts.get(places) ?? prepareCount(places);
  counts.set(places, count);
  return count;
}

/**
 * Counts the call in every place. `count` is NOT NULL and the statement sets it to null when a place is full, the policy is not
 * the one the call was judged by, or the do-not-call list, a call lock or an earlier call forbids it: both engines then fail.
 */
function prepareCount(places: number) {
  const all = Array.from({ length: places }, (_, at) => at);
  return prepare((store, asked: Asked & { version: number } & Cells) =>
    store
      .insertInto('counters')
      .values(({ and, not, exists, selectFrom, fn, eb }) => {
        const inForce = selectFrom('policies').select(({ fn: { max } }) => max('version').as('version'));
        const isClear = and([
          eb(fn.coalesce(inForce, sql.lit(0)), '=', asked.version),
          not(exists(selectFrom('do_not_call').select('number').where('number', '=', asked.number))),
          not(exists(selectFrom('call_locks').select('agent_id').where('agent_id', '=', asked.agentId))),
          not(exists(sameCalls({ selectFrom }, asked))),
        ]);
        return all.map((at) => ({
          bucket: sql<string>`${asked[`bucket${at}`]}`,
          count: at === 0 ? sql<number>`case when ${isClear} then 1 end` : sql.lit(1),
          expires_at: sql<number>`${asked[`expires${at}`]}`,
        }));
      })
      .onConflict((c) => {
        const limits = all.map((at) => sql`when ${asked[`bucket${at}`]} then cast(${asked[`limit${at}`]} as integer)`);
        const limit = sql`case excluded.bucket ${sql.join(limits, sql` `)} end`;
        return c.column('bucket').doUpdateSet({ count: sql`case when counters.count < ${limit} then counters.count + 1 end` });
      }),
  );
}
