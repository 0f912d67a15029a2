import { setImmediate as giveWay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ReportLine } from '../contract.ts';
import type { Store } from '../store/open-store.ts';
import type { LocalDay } from './local-days.ts';

/** A period that gets report lines of its own; `day` is null for the whole period. */
type Stretch = Omit<LocalDay, 'day'> & { day: string | null };

interface Group {
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

/** Time range counted at once: some thousand clicks of a busy company, during which SQLite can place no call. */
const biteMs = 3 * 3_600_000;

/**
 * Each agent's clicks and their outcomes, one line per stretch with any click.
 * @param keptFrom history calls that started earlier have been deleted
 */
export async function readReport(store: Store, stretches: Stretch[], keptFrom: number, agentId?: string): Promise<ReportLine[]> {
  const lines: ReportLine[] = [];
  for (const { day, start, end } of stretches) {
    const sums = new Map<string, Group>();
    for (let from = start; from < end; from += biteMs) {
      for (const group of await countClicks(store, { from, to: Math.min(from + biteMs, end), agentId })) addTo(sums, group);
      await giveWay();
    }
    lines.push(...linesOf(day, sums, start >= keptFrom));
  }
  return lines;
}

const countClicks = async (store: Store, { from, to, agentId }: { from: number; to: number; agentId: string | undefined }) => {
  const ofAgent = agentId === undefined ? sql`` : sql`and c.agent_id = ${agentId}`;
  const { rows } = await sql<Group>`
    select c.agent_id, a.name as agent_name, c.state, c.reason_code, count(*) as clicks,
      cast(sum(case when upper(h.status) = 'SUCCESS' then 1 else 0 end) as bigint) as answered,
      cast(sum(coalesce(h.billing_seconds, 0)) as bigint) as talk_seconds
    from calls as c
    join agents as a on a.id = c.agent_id
    left join history as h on h.id = c.history_id
    where c.created_at >= ${from} and c.created_at < ${to} ${ofAgent}
    group by c.agent_id, a.name, c.state, c.reason_code
  `.execute(store);
  return rows;
};

function addTo(sums: Map<string, Group>, group: Group): void {
  // Sort key: lines are ordered by the agents' names, and reasons within a line by outcome.
  const name = [group.agent_name, group.agent_id, group.state, group.reason_code ?? ''].join('\0');
  const sum = sums.get(name);
  if (!sum) {
    sums.set(name, group);
    return;
  }
  sum.clicks += group.clicks;
  sum.answered += group.answered;
  sum.talk_seconds += group.talk_seconds;
}

function linesOf(day: string | null, sums: Map<string, Group>, isKept: boolean): ReportLine[] {
  const lines = new Map<string, ReportLine>();
  for (const [, row] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const line = lines.get(row.agent_id) ?? emptyLine(day, row);
    lines.set(row.agent_id, line);
    line.clicks += row.clicks;
    if (isKept) {
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

/** The report as table rows, headed by the column names. */
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
