import { sql } from 'kysely';
import * as v from 'valibot';
import { type AskedNotToCall, DialableSchema } from '../contract.ts';
import type { Store } from '../store/open-store.ts';
import { writeState } from '../store/state.ts';

const most = 100;
/** Shorter ones are extensions of colleagues; the list takes no such number. */
const fewestDigits = 7;

const liftedName = 'do-not-call-lifted:';

/**
 * With a literal for the partial index. Not for calls before an admin took the number off the list: since then it may be called,
 * unless it asks again.
 */
const stillAsked = sql`n.outcome = 'do_not_call' and not exists (
  select 1 from state as s where s.name = ${liftedName} || n.number and cast(s.value as bigint) >= n.called_at
)`;

/** Records that an admin took the number off the list. */
export function liftAsking(store: Store, number: string, at: number): Promise<void> {
  return writeState(store, `${liftedName}${number}`, String(at));
}

interface Row {
  number: string;
  at: number;
  id: string;
  name: string;
}

/** The numbers of which an agent noted that they asked not to be called and that are not on the list yet, the newest first. */
export async function listAskedNotToCall(store: Store): Promise<AskedNotToCall['asked']> {
  const { rows } = await sql<Row>`
    select asked.number, asked.called_at as at, agents.id, agents.name from (
      select n.number, n.called_at, n.agent_id, row_number() over (partition by n.number order by n.called_at desc, n.subject desc) as place
      from notes as n
      where ${stillAsked} and not exists (select 1 from do_not_call as d where d.number = n.number)
    ) as asked join agents on agents.id = asked.agent_id
    where asked.place = 1 order by asked.called_at desc, asked.number
  `.execute(store);
  return rows
    .filter(({ number }) => v.is(DialableSchema, number) && number.replace('+', '').length >= fewestDigits)
    .slice(0, most)
    .map(({ number, at, id, name }) => ({ number, at, agent: { id, name } }));
}

/** When the newest call with the number took place on which an agent noted that the other party asked not to be called. */
export async function whenAskedNotToCall(store: Store, number: string): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`
    select max(n.called_at) as at from notes as n where ${stillAsked} and n.number = ${number}
  `.execute(store);
  return rows[0]?.at ?? null;
}
