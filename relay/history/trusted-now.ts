import * as v from 'valibot';
import { parseJson } from '../antbuddy/parse-json.ts';
import type { Deps } from '../deps.ts';
import type { Store } from '../store/open-store.ts';
import { readState, writeState } from '../store/state.ts';
import { dayMs } from './mirror-status.ts';

/** A company may be closed for two weeks, at Tết. */
const longestSilenceMs = 21 * dayMs;
/** Between two looks at the clock: a relay may be switched off over a long weekend, and a clock set ahead counts for no more. */
const mostAtOnceMs = 4 * dayMs;

/** Row of `state`. */
const silenceName = 'purge-silence';
const SilenceSchema = v.object({
  /** Where AntBuddy has told of no call yet: when that was first seen. */
  newest: v.number(),
  /** How long relays ran since the silence was seen. */
  livedMs: v.number(),
  at: v.number(),
});

/**
 * The time by which calls may be forgotten, for what a clock that is ahead makes look old is gone for good. Where AntBuddy has told of
 * no call for long, time goes on from the newest one only by as much as relays lived through: a company that left AntBuddy has its calls
 * forgotten three weeks late, later where no relay ran, and by a clock that is years ahead none is forgotten early. One that AntBuddy gives no
 * histories has its placed calls forgotten all the same.
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
  // Without a call to go by nothing is amiss while the clock and the time lived through agree.
  if (told !== null || at - trusted > longestSilenceMs)
    log.warn(
      { newest, trusted },
      'AntBuddy has told of no call for weeks: the clock may be ahead, and old calls are forgotten later',
    );
  return trusted;
}

/** By AntBuddy's clock. */
async function newestCall(store: Store): Promise<number | null> {
  const { newest } = await store
    .selectFrom('history')
    .select(({ fn }) => fn.max('started_at').as('newest'))
    .executeTakeFirstOrThrow();
  return newest;
}
