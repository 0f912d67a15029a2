import { sql } from 'kysely';
import {
  byBucket,
  type CounterRule,
  earlierOf,
  nextShare,
  oldestOf,
  rowsOf,
  type Step,
  shareOf,
  stepOf,
  whole,
} from './counter-rows.ts';
import type { Store } from './open-store.ts';
import { prepare } from './prepare.ts';

/** The row tried of a spread rule has used up its share; count again with `exactly` in a new transaction. */
export class CountAgain extends Error {
  override name = 'CountAgain';
}

type Counts = Map<string, number>;

/**
 * Counts one more under every rule, unless a rule is full: then counts nothing and returns the first full one. Exact across
 * relays: the increments are one atomic statement and are taken back if one exceeds its limit. Inside a transaction it throws
 * CountAgain when a share is used up, because only a transaction that holds no other row may lock all rows of the rule.
 */
export async function countUp<Rule extends CounterRule>(
  store: Store,
  now: number,
  rules: readonly Rule[],
  exactly = false,
): Promise<Rule | null> {
  if (exactly) return countExactly(store, now, rules);
  const isSpread = rules.some(({ spread }) => spread);
  const already = isSpread ? null : await findFull(store, now, rules);
  if (already) return already;

  const share = nextShare();
  const steps = rules.map((rule) => stepOf(rule, now, 1, rule.spread ? share : undefined));
  const room = await readRoom(store, now, rules);
  const counts = await take(store, steps);
  const over = rules.find((rule, at) => !rule.spread && countOf(counts, steps[at]) > room(rule)) ?? null;
  const mayBeFull = rules.some((rule, at) => rule.spread && countOf(counts, steps[at]) > shareOf(room(rule), share));
  if (!over && !mayBeFull) return null;
  if (!over && store.isTransaction) throw new CountAgain('The share of a counter is used up.');
  await take(store, back(steps));
  return over ?? store.transaction().execute((transaction) => countExactly(transaction, now, rules));
}

/** Locks all rows of the spread rules, so that their sum stays valid until this transaction ends. */
async function countExactly<Rule extends CounterRule>(store: Store, now: number, rules: readonly Rule[]): Promise<Rule | null> {
  const single = rules.filter(({ spread }) => !spread).map((rule) => stepOf(rule, now, 1));
  const room = await readRoom(store, now, rules);
  const counts = await take(store, [...single, ...rules.filter(({ spread }) => spread).flatMap((rule) => rowsOf(rule, now))]);
  const over = rules.find((rule) =>
    rule.spread ? sumOf(counts, rule, now) >= room(rule) : sumOf(counts, rule, now) > room(rule),
  );
  if (over) {
    await take(store, back(single));
    return over;
  }
  const chosen = rules
    .filter(({ spread }) => spread)
    .map((rule) => {
      const free = rowsOf(rule, now).findIndex((row, share) => countOf(counts, row) < shareOf(room(rule), share));
      return stepOf(rule, now, 1, Math.max(0, free));
    });
  if (chosen.length > 0) await take(store, chosen);
  return null;
}

/** The first rule without room left; counts nothing. */
export async function findFull<Rule extends CounterRule>(
  store: Store,
  now: number,
  rules: readonly Rule[],
): Promise<Rule | null> {
  const steps = rules.flatMap((rule) => [...rowsOf(rule, now), ...earlierOf(rule, now)]);
  const counts = await readCounts(store, steps);
  return rules.find((rule) => sumOf(counts, rule, now) >= roomOf(counts, rule, now)) ?? null;
}

async function readCounts(store: Store, steps: readonly Step[]): Promise<Counts> {
  if (steps.length === 0) return new Map();
  const buckets = steps.map(({ bucket }) => bucket);
  const rows = await store.selectFrom('counters').select(['bucket', 'count']).where('bucket', 'in', buckets).execute();
  return new Map(rows.map(({ bucket, count }) => [bucket, count]));
}

/** The limits of the rows of now. Locks nothing: slices that are over do not change any more. */
async function readRoom(store: Store, now: number, rules: readonly CounterRule[]): Promise<(rule: CounterRule) => number> {
  const steps = rules.flatMap((rule) => earlierOf(rule, now));
  const counts = await readCounts(store, steps);
  return (rule) => roomOf(counts, rule, now);
}

/** Takes one count back, for an event that turned out not to count. Not for spread rules. */
export async function countDown(store: Store, now: number, rules: readonly CounterRule[]): Promise<void> {
  await take(store, back(rules.map((rule) => stepOf(rule, now, 1))));
}

/** Call it when a limit changes: a row above its share of the new limit must imply that the sum is above the limit. */
export async function respread(transaction: Store, now: number, rules: readonly CounterRule[]): Promise<void> {
  const spread = rules.filter((rule) => rule.spread);
  if (spread.length === 0) return;
  const counts = await take(
    transaction,
    spread.flatMap((rule) => rowsOf(rule, now)),
  );
  const moves = spread.flatMap((rule) => {
    const sum = sumOf(counts, rule, now);
    return rowsOf(rule, now).map((row, share) => ({ ...row, by: shareOf(sum, share) - countOf(counts, row) }));
  });
  await take(
    transaction,
    moves.filter(({ by }) => by !== 0),
  );
}

/** Deletes windows that are over. */
export async function purgeCounters(store: Store, now: number): Promise<void> {
  await store.deleteFrom('counters').where('expires_at', '<=', now).execute();
}

/** The only statement that changes counts; returns the new ones. Sorted: locking rows in one order rules out deadlocks. */
async function take(store: Store, steps: readonly Step[]): Promise<Counts> {
  if (steps.length === 0) return new Map();
  const sorted = steps.toSorted(byBucket);
  const run = takers.get(sorted.length) ?? prepareTake(sorted.length);
  takers.set(sorted.length, run);
  const cells = sorted.flatMap(({ bucket, by, expires_at }) => [bucket, by, expires_at]);
  const { rows } = await run(store, cells);
  return new Map(rows.map(({ bucket, count }) => [bucket, count]));
}

/** One prepared statement per number of rows: a call counts the same number each time. */
const takers = new Map<number, ReturnType<typeof prepareTake>>();

function prepareTake(count: number) {
  return prepare((store, cells: (string | number)[]) =>
    store
      .insertInto('counters')
      .values(
        Array.from({ length: count }, (_, at) => ({
          bucket: cells[3 * at] as string,
          count: cells[3 * at + 1] as number,
          expires_at: cells[3 * at + 2] as number,
        })),
      )
      .onConflict((c) => c.column('bucket').doUpdateSet({ count: sql`counters.count + excluded.count` }))
      .returning(['bucket', 'count']),
  );
}

const back = (steps: readonly Step[]) => steps.map((step) => ({ ...step, by: -step.by }));
const countOf = (counts: Counts, step: Step | undefined) => (step && counts.get(step.bucket)) ?? 0;
const sumOf = (counts: Counts, rule: CounterRule, now: number) =>
  rowsOf(rule, now).reduce((sum, row) => sum + countOf(counts, row), 0);

/** What the slices before leave of the limit. */
function roomOf(counts: Counts, rule: CounterRule, now: number): number {
  const { oldestUntil, oldestPart } = oldestOf(rule, now);
  const partOf = ({ expires_at }: Step) => (expires_at > oldestUntil ? whole : oldestPart);
  const used = earlierOf(rule, now).reduce((sum, step) => sum + countOf(counts, step) * partOf(step), 0);
  return rule.limit - Math.floor(used / whole);
}
