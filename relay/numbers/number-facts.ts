import { sql } from 'kysely';
import type { HistoryCall, Note, NumberFacts } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { findAgentParties } from '../history/find-agent-parties.ts';
import { type CallColumns, callColumns, callOfRow } from '../history/history-call.ts';
import { dayMs } from '../history/mirror-status.ts';
import { isEmpty, noteOf } from '../notes/note-of.ts';
import { dryRun } from '../policy/dry-run.ts';
import { readPolicy } from '../policy/policies.ts';

type Base = Pick<Deps, 'store' | 'config' | 'now'>;

const weekMs = 7 * dayMs;

/** What the agent should know before calling a number, in whatever form it was given: what forbids it, what happened with it. */
export async function findNumberFacts(deps: Base, agentId: string, given: string): Promise<NumberFacts> {
  const [judged, { policy }, { parties }] = await Promise.all([
    dryRun(deps, { number: given, agentId }),
    readPolicy(deps),
    findAgentParties(deps, agentId),
  ]);
  const number = judged.number ?? given;
  const [calls, note] = await Promise.all([
    parties.length > 0 ? selectCalls(deps, agentId, parties, number) : nothing,
    selectNewestNote(deps, agentId, number),
  ]);
  const overridable = judged.refusal?.code === 'outside_sales_hours' && policy.salesHours?.override === true;
  return {
    number,
    country: judged.country,
    class: judged.class,
    refusal: judged.refusal && { ...judged.refusal, overridable },
    ...calls,
    note,
  };
}

const nothing = { week: { calls: 0, answered: 0 }, last: null, lastAnswered: null };

type Row = CallColumns & { kind: 'last' | 'answered' | 'week'; calls: number | string; answered: number | string };

/** The newest call, the newest that was answered, and the count of the week, read from the index of the number alone. */
async function selectCalls({ store, now }: Base, agentId: string, parties: readonly string[], number: string) {
  const own = sql`history_parties where party in (${sql.join(parties)}) and peer_number = ${number}`;
  const newest = sql`order by started_at desc, history_id desc limit 1`;
  const { rows } = await sql<Row>`
    with week as (
      select count(*) as calls, coalesce(sum(was_answered), 0) as answered from (
        select max(case when disposition = 'answered' then 1 else 0 end) as was_answered
        from ${own} and started_at >= ${now() - weekMs} group by history_id
      ) as each_call
    ), picked as (
      select * from (select 'last' as kind, party, started_at, history_id from ${own} ${newest}) as newest_of_all
      union all
      select * from (select 'answered', party, started_at, history_id from ${own} and disposition = 'answered' ${newest}) as newest_talk
    )
    select picked.kind, week.calls, week.answered, ${callColumns}
    from week left join picked on 1 = 1
    left join history_parties as p
      on p.party = picked.party and p.started_at = picked.started_at and p.history_id = picked.history_id
    left join notes as n on n.agent_id = ${agentId} and n.subject = p.history_id
  `.execute(store);
  const call = (kind: Row['kind']): HistoryCall | null => {
    const row = rows.find((one) => one.kind === kind);
    return row ? callOfRow(row) : null;
  };
  const week = { calls: Number(rows[0]?.calls ?? 0), answered: Number(rows[0]?.answered ?? 0) };
  return { week, last: call('last'), lastAnswered: call('answered') };
}

async function selectNewestNote({ store }: Base, agentId: string, number: string): Promise<Note | null> {
  const rows = await store
    .selectFrom('notes')
    .select(['text', 'outcome', 'version', 'updated_at'])
    .where('agent_id', '=', agentId)
    .where('number', '=', number)
    .orderBy('updated_at', 'desc')
    .limit(20)
    .execute();
  return noteOf(rows.find((row) => !isEmpty(row)));
}
