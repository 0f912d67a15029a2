import { type RawBuilder, sql } from 'kysely';
import { type OwnParties, ownRows } from './own-rows.ts';

interface AskedLater {
  agentId: string;
  own: OwnParties;
  /** Time of the oldest note that counts. */
  from: number;
  /** Whether a call, with `created_at`, may still be missing from the histories only because they were not read that far. */
  isUnread: RawBuilder<unknown>;
}

/** Columns of the agent's calls, one row each: an agent may stand in a call by user name and by number, in rows that say the same. */
export const eachCall = sql`history_id, started_at, min(direction) as direction, min(disposition) as disposition, min(status) as status,
  min(peer_number) as peer_number, min(peer_name) as peer_name, max(recorded) as recorded,
  min(duration_seconds) as duration_seconds, min(billing_seconds) as billing_seconds, min(search) as search`;

/**
 * The table `later` of a statement: the noted call of each number whose newest outcome of this agent is `call_later` and that the agent
 * has not spoken to since. A call back in vain leaves it waiting, noted as such or not, unlike a missed call: it was promised.
 * Before it stands `asked`, with those notes: one for each number at most.
 */
export function askedLater({ agentId, own, from, isUnread }: AskedLater): RawBuilder<unknown> {
  return sql`asked as materialized (
      select n.subject, n.number, n.search as noted from notes as n
      where n.agent_id = ${agentId} and n.outcome = 'call_later' and n.called_at >= ${from}
        and not exists (
          select 1 from notes as newer where newer.agent_id = n.agent_id and newer.number = n.number
            and newer.outcome is not null and newer.outcome <> 'no_answer' and (newer.called_at, newer.subject) > (n.called_at, n.subject)
        )
        -- The noted call itself may start after the click that placed it. Two steps, because SQLite takes the index by number only where
        -- it has every column asked for, and else reads all calls of the agent.
        and not exists (
          select 1 from history_parties
          join history_parties as h on h.party = history_parties.party and h.started_at = history_parties.started_at
            and h.history_id = history_parties.history_id
          where ${ownRows(own)} and history_parties.peer_number = n.number
            and history_parties.started_at > n.called_at and history_parties.history_id <> n.subject and h.disposition = 'answered'
        )
        and not exists (
          select 1 from calls where agent_id = ${agentId} and number = n.number and created_at > n.called_at
            and state in ('accepted', 'dispatching') and history_id is null and ${isUnread}
        )
    ), later as materialized (
      -- Cross joins keep SQLite from starting at the calls, and so does \`materialized\` for conditions on what is found here.
      select ${eachCall} from asked cross join (
        select history_parties.*, history.id from history join history_parties
          on history_parties.started_at = history.started_at and history_parties.history_id = history.id
        where ${ownRows(own)}
      ) as noted where noted.id = asked.subject group by history_id, started_at
      union all
      select c.key, c.created_at, 'outbound', case when c.state in ('accepted', 'dispatching', 'unknown') then 'other' else 'failed' end,
        '', c.number, null, 0, 0, 0, c.number || ' ' || coalesce(c.dialled, '')
      from asked cross join calls as c where c.agent_id = ${agentId} and c.key = asked.subject and c.history_id is null
    )`;
}
