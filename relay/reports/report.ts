import { sql } from 'kysely';
import type { ReportLine } from '../contract.ts';
import type { Store } from '../store/open-store.ts';
import type { LocalDay } from './local-days.ts';

/** A stretch of time that lines are made for; `day` null where it is the whole period. */
export type Stretch = Omit<LocalDay, 'day'> & { day: string | null };

interface Group {
  stretch: number;
  agent_id: string;
  agent_name: string;
  state: string;
  reason_code: string | null;
  clicks: number;
  answered: number;
  talk_seconds: number;
}

const outcomeOf: Record<string, keyof ReportLine['outcomes']> = {
  accepted: 'accepted',
  rejected: 'rejected',
  not_sent: 'notSent',
  unknown: 'unknown',
  refused: 'refused',
  folded: 'folded',
  dispatching: 'dispatching',
};

/**
 * What each agent clicked and what came of it, a line for each stretch in which there was something. One statement.
 * @param keptFrom calls of the history that started before it are forgotten
 */
export async function readReport(store: Store, stretches: Stretch[], keptFrom: number, agentId?: string): Promise<ReportLine[]> {
  if (stretches.length === 0) return [];
  const values = stretches.map(
    ({ start, end }, at) => sql`(cast(${at} as integer), cast(${start} as bigint), cast(${end} as bigint))`,
  );
  const ofAgent = agentId === undefined ? sql`` : sql`and c.agent_id = ${agentId}`;
  const { rows } = await sql<Group>`
    with stretches (stretch, start_at, end_at) as (values ${sql.join(values)})
    select s.stretch, c.agent_id, a.name as agent_name, c.state, c.reason_code, count(*) as clicks,
      cast(sum(case when upper(h.status) = 'SUCCESS' then 1 else 0 end) as bigint) as answered,
      cast(sum(coalesce(h.billing_seconds, 0)) as bigint) as talk_seconds
    from stretches as s
    join calls as c on c.created_at >= s.start_at and c.created_at < s.end_at ${ofAgent}
    join agents as a on a.id = c.agent_id
    left join history as h on h.id = c.history_id
    group by s.stretch, c.agent_id, a.name, c.state, c.reason_code
    order by s.stretch, a.name, c.agent_id, c.state, c.reason_code
  `.execute(store);

  const lines = new Map<string, ReportLine>();
  for (const row of rows) {
    const key = `${row.stretch} ${row.agent_id}`;
    const line = lines.get(key) ?? emptyLine(stretches[row.stretch]?.day ?? null, row);
    lines.set(key, line);
    line.clicks += row.clicks;
    if ((stretches[row.stretch]?.start ?? 0) >= keptFrom) {
      line.answered = (line.answered ?? 0) + row.answered;
      line.talkSeconds = (line.talkSeconds ?? 0) + row.talk_seconds;
    }
    const outcome = outcomeOf[row.state];
    if (outcome) line.outcomes[outcome] += row.clicks;
    if (row.reason_code) line.reasons[row.reason_code] = (line.reasons[row.reason_code] ?? 0) + row.clicks;
  }
  return [...lines.values()];
}

function emptyLine(day: string | null, { agent_id, agent_name }: Group): ReportLine {
  const outcomes = { accepted: 0, rejected: 0, notSent: 0, unknown: 0, refused: 0, folded: 0, dispatching: 0 };
  return { day, agent: { id: agent_id, name: agent_name }, clicks: 0, outcomes, reasons: {}, answered: null, talkSeconds: null };
}

/** The report as rows of a table, its names first. */
export function reportTable(lines: ReportLine[]): string[][] {
  const names = ['day', 'agent', 'clicks', 'accepted', 'rejected', 'not_sent', 'unknown', 'refused', 'folded'];
  return [
    [...names, 'answered', 'talk_minutes', 'reasons'],
    ...lines.map(({ day, agent, clicks, outcomes, answered, talkSeconds, reasons }) => {
      const { accepted, rejected, notSent, unknown, refused, folded } = outcomes;
      return [
        day ?? '',
        agent.name,
        ...[clicks, accepted, rejected, notSent, unknown, refused, folded, answered ?? ''].map(String),
        talkSeconds === null ? '' : (talkSeconds / 60).toFixed(1),
        Object.entries(reasons)
          .map(([code, count]) => `${code} ${count}`)
          .join('; '),
      ];
    }),
  ];
}
