import * as v from 'valibot';
import { parseJson } from '../antbuddy/parse-json.ts';
import type { Deps } from '../deps.ts';
import type { Store } from '../store/open-store.ts';
import { readState, writeState } from '../store/state.ts';
import { dayMs } from './mirror-status.ts';

/** A company may be closed for two weeks, at Tết. */
const longestSilenceMs = 21 * dayMs;
/** Most time counted between two looks at the clock: covers a long weekend without a relay, and limits a clock set ahead. */
const mostAtOnceMs = 4 * dayMs;

/** Row of `state`. */
const silenceName = 'purge-silence';
const SilenceSchema = v.object({
  /** Start of the newest known call; if AntBuddy has reported none yet, the time when that was first seen. */
  newest: v.number(),
  /** How long relays ran since the silence was first seen. */
  livedMs: v.number(),
  at: v.number(),
});

/**
 * The time to use for purging: what a clock that is ahead makes look old would be deleted for good. When AntBuddy has reported no
 * call for long, time goes on from the newest call only by as much as relays were running. Calls of a company that left AntBuddy
 * are thus purged three weeks late (later if no relay ran), and a clock that is years ahead purges nothing early. A company that
 * gets no histories from AntBuddy still has its placed calls purged.
 */
export async function trustedNow({ store, now, log }: Pick<Deps, 'store' | 'now' | 'log'>): Promise<number> {
  const at = now();
  const told = await newestCall(store);
  if (told !== null && at - told <= longestSilenceMs) return at;
  const text = await readState(store, silenceName);
  const last = text === null ? null : v.parse(SilenceSchema, parseJson(text));
  const newest = told ?? Math.min(at, last?.newest ?? at);
  const livedMs = last?.newest === newest ? last.livedMs + Math.min(mostAtOnceMs, Math.max(0, at - last.at)) : 0;
  await writeState(store, silenceName, JSON.stringify({ newest, livedMs, at }));
  if (at - newest <= longestSilenceMs) return at;
  const trusted = Math.min(at, newest + livedMs);
  // Without any call to compare with, nothing is wrong while the clock agrees with the running time.
  if (told !== null || at - trusted > longestSilenceMs)
    log.warn(
      { newest, trusted },
      'AntBuddy has told of no call for weeks: the clock may be ahead, and old calls are forgotten later',
    );
  return trusted;
}

/** Start of the newest mirrored call, by AntBuddy's clock. */
async function newestCall(store: Store): Promise<number | null> {
  const { newest } = await store
    .selectFrom('history')
    .select(({ fn }) => fn.max('started_at').as('newest'))
    .executeTakeFirstOrThrow();
  return newest;
}
