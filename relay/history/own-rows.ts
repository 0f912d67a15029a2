import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** An agent's identities in the histories. */
export interface OwnParties {
  parties: string[];
  /** Start times from which a party's calls are the agent's, for names that another agent held before. */
  since: Partial<Record<string, number>>;
  /** Earlier ranges in which the agent held such a party; their calls are its own too. */
  earlier: OwnRange[];
}
/** A party and the range in which its calls are the agent's; `to` is exclusive. */
export type OwnRange = [party: string, from: number, to: number];

/** Condition for the rows of history_parties that are the agent's. The agent must have at least one party. */
export function ownRows({ parties, since, earlier }: OwnParties): RawBuilder<SqlBool> {
  const party = sql.ref('history_parties.party');
  const startedAt = sql.ref('history_parties.started_at');
  const inEarlier = (name: string) =>
    earlier.flatMap(([party, from, to]) => (party === name ? [sql` or (${startedAt} >= ${from} and ${startedAt} < ${to})`] : []));
  const bounded = parties.filter((name) => since[name]);
  return sql<SqlBool>`${party} in (${sql.join(parties)})${sql.join(
    bounded.map((name) => sql` and (${party} <> ${name} or ${startedAt} >= ${since[name]}${sql.join(inEarlier(name), sql``)})`),
    sql``,
  )}`;
}
