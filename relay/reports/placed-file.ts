import type { PlacedPage } from '../contract.ts';
import { BadRequest } from '../http/bad-request.ts';
import { formatCsv } from '../policy/csv.ts';
import { localStamp } from '../policy/local-clock.ts';
import type { Store } from '../store/open-store.ts';
import { type PlacedFilter, readPlacedCalls } from './placed-calls.ts';

/** A file is fetched at once, so it holds more than a page; beyond this a shorter period has to be asked for. */
const fileRows = 50_000;
/** Of them read and written at once: some milliseconds on SQLite, during which no call is placed. */
const pageRows = 500;

const columns = [
  'at',
  'at_utc',
  'agent',
  'browser',
  'number',
  'dialled',
  'where',
  'site',
  'state',
  'reason',
  'status',
  'talk_seconds',
  'sip_user',
];

/**
 * Clicked calls as CSV, the names of its columns first: so many as are asked for, else all there are. It is whole before any of it
 * leaves: one that breaks off would be taken for all there is. Throws a BadRequest for too many.
 * @param timeZone by whose clocks it says when; in ISO 8601 too
 */
export async function readPlacedFile(
  store: Store,
  filter: Omit<PlacedFilter, 'limit'> & { limit?: number | undefined },
  timeZone: string,
  { most = fileRows, atOnce = pageRows } = {},
): Promise<string> {
  const { limit = Number.POSITIVE_INFINITY } = filter;
  const stamp = localStamp(timeZone);
  let text = formatCsv([columns]);
  let { cursor } = filter;
  for (let rows = 0; rows < limit; ) {
    if (rows >= most) throw new BadRequest(`There are more than ${most} calls: ask for a shorter period.`);
    const page = await readPlacedCalls(store, { ...filter, cursor, limit: Math.min(atOnce, limit - rows) });
    text += formatCsv(rowsOf(page, stamp));
    rows += page.calls.length;
    if (!page.next) break;
    cursor = page.next;
  }
  return text;
}

function rowsOf({ calls }: PlacedPage, stamp: (at: number) => string): string[][] {
  return calls.map((call) => [
    stamp(call.at),
    new Date(call.at).toISOString(),
    call.agent.name,
    call.device,
    call.number,
    call.dialled ?? '',
    call.surface,
    call.site ?? '',
    call.state,
    call.reason ?? '',
    call.status ?? '',
    call.talkSeconds === null ? '' : String(call.talkSeconds),
    call.sipUser ?? '',
  ]);
}
