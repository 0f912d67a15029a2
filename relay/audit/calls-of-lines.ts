import type { AuditPage } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { otherParty } from '../history/other-party.ts';
import type { AuditLine } from './chain.ts';

export type AuditCall = NonNullable<AuditPage['lines'][number]['call']>;
/** `call` only in a line about a call: null once the call is no longer kept. */
export type LineWithCall = AuditLine & { call?: AuditCall | null };

/**
 * Adds to the lines about calls which calls these are. This is read each time and is never part of a line: no line of the log can
 * be changed, so a number in it would outlive the days for which the policy keeps calls.
 */
export async function withCalls(deps: Pick<Deps, 'store' | 'config'>, lines: readonly AuditLine[]): Promise<LineWithCall[]> {
  const wanted = lines.filter(({ subject }) => callIn(subject) !== null);
  const [listed, placed] = await Promise.all([readListed(deps, wanted), readPlaced(deps, wanted)]);
  return lines.map((line) => {
    const id = callIn(line.subject);
    return id === null ? line : { ...line, call: listed.get(id) ?? placed.get(`${line.actor} ${id}`) ?? null };
  });
}

/** The id of a call in the history, or the key of a call that the history did not list when the line was written. */
const callIn = (subject: string) => /^call:(.+)$/.exec(subject)?.[1] ?? null;

async function readListed({ store, config }: Pick<Deps, 'store' | 'config'>, lines: readonly AuditLine[]) {
  const ids = idsOf(lines).filter((id) => !id.includes('-'));
  const rows = ids.length === 0 ? [] : await store.selectFrom('history').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, { startedAt: row.started_at, number: otherParty(row, config) }]));
}

/** A key is one agent's, who is the actor of the line. */
async function readPlaced({ store }: Pick<Deps, 'store'>, lines: readonly AuditLine[]) {
  const keys = idsOf(lines).filter((id) => id.includes('-'));
  if (keys.length === 0) return new Map<string, AuditCall>();
  const agents = [...new Set(lines.map(({ actor }) => actor.replace(/^agent:/, '')))];
  const rows = await store
    .selectFrom('calls')
    .select(['agent_id', 'key', 'number', 'created_at'])
    .where('agent_id', 'in', agents)
    .where('key', 'in', keys)
    // Once forgotten, the number is empty.
    .where('number', '!=', '')
    .execute();
  return new Map(rows.map((row) => [`agent:${row.agent_id} ${row.key}`, { startedAt: row.created_at, number: row.number }]));
}

function idsOf(lines: readonly AuditLine[]): string[] {
  return [...new Set(lines.flatMap(({ subject }) => callIn(subject) ?? []))];
}
