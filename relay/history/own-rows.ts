import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** Who an agent is in the histories. */
export interface OwnParties {
  parties: string[];
  /** From when calls of a party are the agent's, where another agent had the name before. */
  since: Partial<Record<string, number>>;
}

/** Of history_parties those of an agent with one party at least. */
export function ownRows({ parties, since }: OwnParties, table = 'history_parties'): RawBuilder<SqlBool> {
  const party = sql.ref(`${table}.party`);
  const bounded = parties.filter((name) => since[name]);
  return sql<SqlBool>`${party} in (${sql.join(parties)})${sql.join(
    bounded.map((name) => sql` and (${party} <> ${name} or ${sql.ref(`${table}.started_at`)} >= ${since[name]})`),
    sql``,
  )}`;
}
