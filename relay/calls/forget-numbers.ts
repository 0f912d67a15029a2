import type { Deps } from '../deps.ts';
import { keptSince } from '../history/purge-history.ts';
import type { Store } from '../store/open-store.ts';
import { readState, writeState } from '../store/state.ts';

/** Row of `state` with the time up to which calls have lost their numbers. */
const progressName = 'numbers-forgotten-to';
/** Row of `state` with the time of the latest call that ever lost its number. Never goes back, unlike the progress. */
const latestName = 'latest-number-forgotten';
const batch = 500;

/**
 * Blanks the number and the site of placed calls older than the policy's retention; the rows stay for the reports. Stops when the
 * signal aborts. Returns how many calls were blanked.
 */
export async function forgetNumbers(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  now: number,
  signal?: AbortSignal,
): Promise<number> {
  const before = await keptSince({ store, config }, now);
  // Progress beyond `before` is ignored: it comes from a clock that was ahead or from a policy with a shorter retention.
  let from = Math.min(Number(await readState(store, progressName)), before);
  let forgotten = 0;
  while (!signal?.aborted) {
    const rows = await store
      .selectFrom('calls')
      .select(['device_id', 'key', 'created_at'])
      .where('created_at', '>=', from)
      .where('created_at', '<', before)
      .where('number', '!=', '')
      .orderBy('created_at')
      .limit(batch)
      .execute();
    if (rows.length > 0) {
      const latest = Math.max(await readLatest(store), rows.at(-1)?.created_at ?? 0);
      await writeState(store, latestName, String(latest));
      await blank(store, rows);
    }
    forgotten += rows.length;
    from = rows.at(-1)?.created_at ?? before;
    if (rows.length === batch) continue;
    await writeState(store, progressName, String(before));
    break;
  }
  return forgotten;
}

/**
 * Epoch milliseconds from which calls still have their numbers. Later than the policy's retention says if that was shorter before:
 * what is forgotten does not come back.
 */
export async function numbersKeptFrom(store: Store, since: number): Promise<number> {
  return Math.max(since, (await readLatest(store)) + 1);
}

const readLatest = async (store: Store) => Number(await readState(store, latestName));

async function blank(store: Store, rows: readonly { device_id: string; key: string }[]): Promise<void> {
  await store
    .updateTable('calls')
    // The payload hash and the stored answer reveal the number too.
    .set({ number: '', dialled: null, site: null, payload_hash: '', answer_status: null, answer_body: null })
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('device_id', 'key'),
        'in',
        rows.map(({ device_id, key }) => tuple(device_id, key)),
      ),
    )
    .execute();
}
