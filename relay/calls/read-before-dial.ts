import type { ExpressionBuilder } from 'kysely';
import type { StoreDeps } from '../deps.ts';
import { type Standing, standingColumns, toStanding } from '../policy/policies.ts';
import { prepare } from '../store/prepare.ts';
import type { Tables } from '../store/tables.ts';
import type { CallRow } from './call-answer.ts';
import { sameCallMs } from './open-call.ts';

/** Clicks arrive at most 15 s late, so a call to the same number may have been clicked that long before it arrived. */
const lookBackMs = 20_000;

export interface Asked {
  agentId: string;
  deviceId: string;
  key: string;
  number: string;
  lookBackTo: number;
  arrivedSince: number;
  arrivedUntil: number;
  clickedSince: number;
  clickedUntil: number;
}

export function askedOf(row: CallRow, now: number): Asked {
  return {
    agentId: row.agent_id,
    deviceId: row.device_id,
    key: row.key,
    number: row.number,
    lookBackTo: now - lookBackMs,
    arrivedSince: now - sameCallMs,
    // A row dated later than this was written before the clock was set back, so its time tells nothing.
    arrivedUntil: now + sameCallMs,
    clickedSince: row.clicked_at - sameCallMs,
    clickedUntil: row.clicked_at + sameCallMs,
  };
}

/** Other calls of the agent that this one would only repeat. */
export const sameCalls = ({ selectFrom }: Pick<ExpressionBuilder<Tables, never>, 'selectFrom'>, asked: Asked) =>
  selectFrom('calls')
    .select('key')
    .where('agent_id', '=', asked.agentId)
    .where('created_at', '>=', asked.lookBackTo)
    .where('number', '=', asked.number)
    .where('state', 'in', ['dispatching', 'accepted', 'unknown'])
    // Compares arrival times or click times: a click delayed on its way is still a double click.
    .where(({ or, and, eb: compare }) =>
      or([
        and([compare('created_at', '>=', asked.arrivedSince), compare('created_at', '<=', asked.arrivedUntil)]),
        and([compare('clicked_at', '>=', asked.clickedSince), compare('clicked_at', '<=', asked.clickedUntil)]),
      ]),
    )
    .where(({ not, and, eb: compare }) => not(and([compare('device_id', '=', asked.deviceId), compare('key', '=', asked.key)])));

/** One statement, because on PostgreSQL each costs a round trip while the agent's row is held. */
const query = prepare((store, asked: Asked) =>
  store.selectNoFrom((eb) => [
    ...standingColumns(eb, asked),
    sameCalls(eb, asked).orderBy('created_at', 'desc').limit(1).as('same_as'),
  ]),
);

/** Reads what decides whether a call may be dialled: the key of an earlier call that it repeats, and the policy's facts. */
export async function readBeforeDial(deps: StoreDeps, row: CallRow): Promise<{ sameAs: string | null; standing: Standing }> {
  const { rows } = await query(deps.store, askedOf(row, deps.now()));
  const [found] = rows;
  if (!found) throw new Error('A query of single values gave no row.');
  return { sameAs: found.same_as, standing: toStanding(deps, found) };
}
