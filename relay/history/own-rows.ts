import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** Who an agent is in the histories. */
export interface OwnParties {
  parties: string[];
  /** From when calls of a party are the agent's, where another agent had the name before. */
  since: Partial<Record<string, number>>;
  /** Calls that are the agent's besides: of the times it had such a party before. */
  earlier: OwnRange[];
}
/** A party, and from when to before when its calls are the agent's. */
export type OwnRange = [party: string, from: number, to: number];

/** Of history_parties those of an agent with one party at least. */
export function ownRows({ parties, since, earlier }: OwnParties, table = 'history_parties'): RawBuilder<SqlBool> {
  const party = sql.ref(`${table}.party`);
  const startedAt = sql.ref(`${table}.started_at`);
  const inEarlier = (name: string) =>
    earlier.flatMap(([party, from, to]) => (party === name ? [sql` or (${startedAt} >= ${from} and ${startedAt} < ${to})`] : []));
  const bounded = parties.filter((name) => since[name]);
  return sql<SqlBool>`${party} in (${sql.join(parties)})${sql.join(
    bounded.map((name) => sql` and (${party} <> ${name} or ${startedAt} >= ${since[name]}${sql.join(inEarlier(name), sql``)})`),
    sql``,
  )}`;
}
