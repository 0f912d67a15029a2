import type { PlacedPage } from '../contract.ts';
import { BadRequest } from '../http/bad-request.ts';
import { formatCsv } from '../policy/csv.ts';
import { localStamp } from '../policy/local-clock.ts';
import type { Store } from '../store/open-store.ts';
import { type PlacedFilter, readPlacedCalls } from './placed-calls.ts';

/**
 * A file is fetched in one request, so it holds more than a page; above this number of rows a shorter period must be requested.
 */
const fileRows = 50_000;
/** Rows read and written at once: takes some milliseconds on SQLite, during which no call can be placed. */
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
  'call',
];

/**
 * Clicked calls as CSV with a header row: as many as requested, else all. The text is complete before it is sent, because a
 * truncated file would be taken for the whole. Throws a BadRequest for too many rows.
 * @param timeZone zone of the times, which are also given in ISO 8601
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
    call.callId ?? '',
  ]);
}
