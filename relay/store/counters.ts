import { sql } from 'kysely';
import type { Store } from './open-store.ts';

/** At most `limit` times in each window of `windowMs` (fixed windows, counted in the store). */
export interface CounterRule {
  bucket: string;
  limit: number;
  windowMs: number;
}

/**
 * Counts one more under every rule, unless one of them is full: then counts nothing and gives the first full one. Exact
 * across relays: the increments are one atomic statement, and are taken back if another relay was faster.
 */
export async function countUp<Rule extends CounterRule>(store: Store, now: number, rules: readonly Rule[]): Promise<Rule | null> {
  const already = await findFull(store, now, rules);
  if (already) return already;
  const counts = await store
    .insertInto('counters')
    // Sorted, so that two relays take the row locks in the same order.
    .values(rules.map((rule) => ({ bucket: bucketName(rule, now), count: 1, expires_at: endOf(rule, now) })).sort(byBucket))
    .onConflict((c) => c.column('bucket').doUpdateSet({ count: sql`counters.count + 1` }))
    .returning(['bucket', 'count'])
    .execute();
  const overrun = firstOver(rules, now, counts, (count, limit) => count > limit);
  if (overrun) await countDown(store, now, rules);
  return overrun;
}

/** The first rule that has no room left, without counting. */
export async function findFull<Rule extends CounterRule>(
  store: Store,
  now: number,
  rules: readonly Rule[],
): Promise<Rule | null> {
  const buckets = rules.map((rule) => bucketName(rule, now));
  const counts = await store.selectFrom('counters').select(['bucket', 'count']).where('bucket', 'in', buckets).execute();
  return firstOver(rules, now, counts, (count, limit) => count >= limit);
}

/** Takes one count back, for what turned out not to count. */
export async function countDown(store: Store, now: number, rules: readonly CounterRule[]): Promise<void> {
  const buckets = rules.map((rule) => bucketName(rule, now));
  await store
    .updateTable('counters')
    .set({ count: sql`count - 1` })
    .where('bucket', 'in', buckets)
    .where('count', '>', 0)
    .execute();
}

/** Forgets windows that are over. */
export async function purgeCounters(store: Store, now: number): Promise<void> {
  await store.deleteFrom('counters').where('expires_at', '<=', now).execute();
}

function firstOver<Rule extends CounterRule>(
  rules: readonly Rule[],
  now: number,
  counts: { bucket: string; count: number }[],
  isOver: (count: number, limit: number) => boolean,
): Rule | null {
  const byName = new Map(counts.map(({ bucket, count }) => [bucket, count]));
  return rules.find((rule) => isOver(byName.get(bucketName(rule, now)) ?? 0, rule.limit)) ?? null;
}

const windowOf = ({ windowMs }: CounterRule, now: number) => Math.floor(now / windowMs);
const endOf = (rule: CounterRule, now: number) => (windowOf(rule, now) + 1) * rule.windowMs;
const bucketName = (rule: CounterRule, now: number) => `${rule.bucket}@${windowOf(rule, now)}`;
const byBucket = (a: { bucket: string }, b: { bucket: string }) => (a.bucket < b.bucket ? -1 : 1);
