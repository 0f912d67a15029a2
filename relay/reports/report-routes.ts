import { type Context, Hono } from 'hono';
import { numbersKeptFrom } from '../calls/forget-numbers.ts';
import { longestReportDays, PlacedQuerySchema, type Report, ReportQuerySchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { dayMs, readMirrorStatus } from '../history/mirror-status.ts';
import { BadRequest } from '../http/bad-request.ts';
import { parseQuery } from '../http/parse.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { requireAdmin, requireAgent } from '../http/require-agent.ts';
import { formatCsv } from '../policy/csv.ts';
import { companyTimeZone } from '../policy/local-clock.ts';
import { readPolicy } from '../policy/policies.ts';
import { requireTypedNumber } from '../policy/read-typed-number.ts';
import { type LocalDay, localDays } from './local-days.ts';
import { readPlacedCalls } from './placed-calls.ts';
import { readPlacedFile } from './placed-file.ts';
import { readReport, reportTable } from './report.ts';

/** /admin/reports and /admin/reports/calls: let an admin account for every call. */
export function reportRoutes(deps: Deps): Hono<RelayEnv> {
  const routes = new Hono<RelayEnv>();

  routes.get('/admin/reports', requireAgent(deps), requireAdmin, async (c) => {
    const { from, to, agent, per = 'day', timeZone: asked, format } = parseQuery(c, ReportQuerySchema);
    requirePeriod(from, to, longestReportDays[per]);
    const { policy } = await readPolicy(deps);
    const timeZone = asked ?? companyTimeZone(policy);
    const keptFrom = await numbersKeptFrom(deps.store, deps.now() - policy.historyDays * dayMs);
    const days = readDays(from, to, timeZone);
    const stretches = per === 'day' ? days : [{ day: null, start: from, end: to }];
    const [lines, { completeTo }] = await Promise.all([
      readReport(deps.store, stretches, keptFrom, agent),
      readMirrorStatus(deps.store),
    ]);
    if (format === 'csv') return sendCsv(c, 'calls-by-agent.csv', formatCsv(reportTable(lines)));
    return c.json({ timeZone, lines, completeTo, keptFrom } satisfies Report);
  });

  routes.get('/admin/reports/calls', requireAgent(deps), requireAdmin, async (c) => {
    const { format, number, limit, ...filter } = parseQuery(c, PlacedQuerySchema);
    requirePeriod(filter.from, filter.to, longestReportDays.period);
    const known = number === undefined ? undefined : requireTypedNumber(number, deps.config.homeRegion);
    const asked = { ...filter, number: known };
    if (format === 'csv') {
      const { policy } = await readPolicy(deps);
      const file = await readPlacedFile(deps.store, { ...asked, limit }, companyTimeZone(policy));
      return sendCsv(c, 'calls.csv', file);
    }
    return c.json(await readPlacedCalls(deps.store, { ...asked, limit: limit ?? 100 }));
  });

  return routes;
}

function requirePeriod(from: number, to: number, longest: number): void {
  // One hour more, because a month may contain a 25-hour day.
  if (from < to && to - from <= longest * dayMs + 3_600_000) return;
  throw new BadRequest(`The period must end after it begins and last ${longest} days at most.`);
}

function readDays(from: number, to: number, timeZone: string): LocalDay[] {
  try {
    return localDays(from, to, timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new BadRequest('The query gives a time zone or a time that is unknown.', { cause: error });
  }
}

/** Starts with a byte order mark, without which spreadsheets misread the encoding of Vietnamese names. */
function sendCsv(c: Context<RelayEnv>, fileName: string, text: string): Response {
  return c.body(`\uFEFF${text}`, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${fileName}"`,
  });
}
