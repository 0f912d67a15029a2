import { sql } from 'kysely';
import type { HistoryCall, Note, NumberFacts } from '../contract.ts';
import type { StoreDeps } from '../deps.ts';
import { findAgentParties } from '../history/find-agent-parties.ts';
import { type CallColumns, callColumns, callOfRow } from '../history/history-call.ts';
import { lookBackMs } from '../history/link-calls.ts';
import { dayMs } from '../history/mirror-status.ts';
import { type OwnParties, ownRows } from '../history/own-rows.ts';
import { isEmpty, noteOf } from '../notes/note-of.ts';
import { whenAskedNotToCall } from '../policy/asked-not-to-call.ts';
import { judgeTyped } from '../policy/dry-run.ts';
import { salesHoursOfDay } from '../policy/sales-hours.ts';
import { prepare } from '../store/prepare.ts';

const weekMs = 7 * dayMs;

/** What the agent should know before calling a number, given in any form: rules that forbid it, and earlier calls and notes. */
export async function findNumberFacts(deps: StoreDeps, agentId: string, given: string): Promise<NumberFacts> {
  const [{ policy, classified, refusal, ...judged }, own] = await Promise.all([
    judgeTyped(deps, { number: given, agentId }),
    findAgentParties(deps, agentId),
  ]);
  const number = judged.number ?? given;
  const [{ week, ...calls }, { rows: placed }, note, askedNotToCall] = await Promise.all([
    own.parties.length > 0 ? selectCalls(deps, agentId, own, number) : nothing,
    findPlaced(deps.store, { agentId, number, since: deps.now() - lookBackMs }),
    selectNewestNote(deps, agentId, number),
    whenAskedNotToCall(deps.store, number),
  ]);
  const { salesHours } = policy;
  const isHour = refusal?.code === 'outside_sales_hours' && salesHours !== null;
  const [newest] = placed;
  const isPlacedLatest = newest && newest.created_at > (calls.last?.startedAt ?? 0);
  return {
    number,
    country: classified?.country ?? null,
    class: classified?.class ?? null,
    refusal: refusal && {
      ...refusal,
      overridable: isHour && salesHours.override,
      ...(isHour && classified && { hours: salesHoursOfDay(salesHours, classified.class, deps.now()) }),
    },
    week: { ...week, calls: week.calls + placed.length },
    ...calls,
    placed: newest?.created_at ?? null,
    note,
    latest: isPlacedLatest
      ? { subject: newest.key, at: newest.created_at, note: noteOf(newest) }
      : calls.last && { subject: calls.last.id, at: calls.last.startedAt, note: calls.last.note },
    askedNotToCall,
  };
}

const nothing = { week: { calls: 0, answered: 0 }, last: null, lastAnswered: null };

type Row = CallColumns & { kind: 'last' | 'answered' | 'week'; calls: number | string; answered: number | string };

/** The newest call, the newest answered one and the week's counts, read from the index by number alone. */
async function selectCalls({ store, now }: StoreDeps, agentId: string, parties: OwnParties, number: string) {
  const own = sql`history_parties where ${ownRows(parties)} and peer_number = ${number}`;
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

/** Calls that went out, or may have, and that the mirror has not linked yet, newest first. */
const findPlaced = prepare((store, { agentId, number, since }: { agentId: string; number: string; since: number }) =>
  store
    .selectFrom('calls')
    .leftJoin('notes', (join) => join.onRef('notes.agent_id', '=', 'calls.agent_id').onRef('notes.subject', '=', 'calls.key'))
    .select(['calls.key', 'calls.created_at', 'notes.text', 'notes.outcome', 'notes.version', 'notes.updated_at'])
    .where('calls.agent_id', '=', agentId)
    .where('calls.created_at', '>=', since)
    .where('calls.number', '=', number)
    .where('calls.history_id', 'is', null)
    .where('calls.state', 'in', ['accepted', 'unknown'])
    .orderBy('calls.created_at', 'desc'),
);

async function selectNewestNote({ store }: StoreDeps, agentId: string, number: string): Promise<Note | null> {
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
