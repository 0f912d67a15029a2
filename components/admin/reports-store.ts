import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PlacedPage, Report, ReportLine } from '../../relay/contract.ts';
import { type Failure, fail, type Reply, succeed } from '../../utils/reply.ts';
import { saveCsv } from '../export/save-csv.ts';
import type { saveFile } from '../export/save-file.ts';
import { toCsv } from '../export/to-csv.ts';
import type { Send } from '../view/view.ts';
import { type Days, dayIn, daysOf, faultOf, limitsOf, type PeriodKind, partsOf } from './report-period.ts';

export interface ReportsState {
  period: PeriodKind;
  days: Days;
  /** The time zone whose days are counted: the company's once the relay has sent it, before that this browser's. */
  timeZone: string;
  /** The report of these days; null until it was read. */
  report: Report | null;
  failure: Failure | null;
  saving: Saving;
}

/** The table by day, or the calls behind it. */
type FileName = 'report' | 'calls';
/** State of the last requested file; `empty`: it would have no rows. */
type Saving =
  | { phase: 'idle' | 'reading' }
  | { phase: 'empty'; name: FileName }
  | { phase: 'saved'; name: FileName; file: string }
  | { phase: 'failed'; failure: Failure };

export interface Reports {
  store: StoreApi<ReportsState>;
  choose(period: PeriodKind, days?: Partial<Days>): void;
  load(): Promise<void>;
  saveTable(tableOf: TableOf<ReportLine>): Promise<void>;
  /** @param number in any format; empty for all */
  saveCalls(number: string, tableOf: TableOf<PlacedPage['calls'][number]>): Promise<void>;
}

/** Makes the rows of a file, below their headings. */
type TableOf<Item> = (items: readonly Item[]) => readonly (readonly (string | number)[])[];

const pageCalls = 1000;
/** No spreadsheet of more rows is read by a person, and they would not fit into this view's memory. */
const mostCalls = 50_000;

interface ReportsDeps {
  now?: () => number;
  save?: typeof saveFile;
  timeZone?: string;
}

/** The calls of a company's agents in a period, to show and to save as files. */
export function createReports(
  send: Send,
  { now = Date.now, save, timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone }: ReportsDeps = {},
): Reports {
  const store = createStore<ReportsState>(() => ({
    period: 'today',
    days: daysOf('today', dayIn(timeZone, now())),
    timeZone,
    report: null,
    failure: null,
    saving: { phase: 'idle' },
  }));
  let asked = 0;

  function choose(period: PeriodKind, days: Partial<Days> = {}) {
    const known = store.getState().days;
    store.setState({ period, days: { ...known, ...days }, report: null, failure: null, saving: { phase: 'idle' } });
    void load();
  }

  async function load(): Promise<void> {
    asked += 1;
    const turn = asked;
    const { period, days: before, timeZone } = store.getState();
    const days = period === 'custom' ? before : daysOf(period, dayIn(timeZone, now()));
    // The chosen days changed while waiting, for example at midnight: the old report does not apply.
    if (days.from !== before.from || days.to !== before.to) store.setState({ days, report: null });
    if (faultOf(days)) return store.setState({ report: null, failure: null });
    const reply = await send('readReport', { ...limitsOf(days, timeZone), per: 'period' });
    if (turn !== asked) return;
    if (!reply.ok) return store.setState({ failure: reply.error });
    if (reply.value.timeZone === timeZone) return store.setState({ report: reply.value, failure: null });
    store.setState({ timeZone: reply.value.timeZone });
    return load();
  }

  async function saveAs<Item>(
    name: FileName,
    read: (state: ReportsState) => Promise<Reply<Item[]>>,
    tableOf: TableOf<Item>,
  ): Promise<void> {
    const state = store.getState();
    if (state.saving.phase === 'reading') return;
    const reading: Saving = { phase: 'reading' };
    store.setState({ saving: reading });
    const reply = await read(state);
    // Other days were chosen meanwhile.
    if (store.getState().saving !== reading) return;
    if (!reply.ok) return store.setState({ saving: { phase: 'failed', failure: reply.error } });
    if (reply.value.length === 0) return store.setState({ saving: { phase: 'empty', name } });
    const file = `dialside-${name}-${state.days.from}-${state.days.to}.csv`;
    saveCsv(file, toCsv(tableOf(reply.value)), save);
    store.setState({ saving: { phase: 'saved', name, file } });
  }

  async function readLines({ days, timeZone }: ReportsState): Promise<Reply<ReportLine[]>> {
    const lines: ReportLine[] = [];
    for (const part of partsOf(days)) {
      const reply = await send('readReport', { ...limitsOf(part, timeZone), per: 'day' });
      if (!reply.ok) return reply;
      lines.push(...reply.value.lines);
    }
    return succeed(lines);
  }

  async function readCalls({ days, timeZone }: ReportsState, number: string): Promise<Reply<PlacedPage['calls']>> {
    const query = { ...limitsOf(days, timeZone), limit: pageCalls, ...(number !== '' && { number }) };
    const calls: PlacedPage['calls'] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const reply: Reply<PlacedPage> = await send('listPlacedCalls', { ...query, ...(cursor && { cursor }) });
      if (!reply.ok) return reply;
      calls.push(...reply.value.calls);
      cursor = reply.value.next;
      if (cursor !== null && calls.length >= mostCalls) return fail('too_large');
    }
    return succeed(calls);
  }

  return {
    store,
    choose,
    load,
    saveTable: (tableOf) => saveAs('report', readLines, tableOf),
    saveCalls: (number, tableOf) => saveAs('calls', (state) => readCalls(state, number.trim()), tableOf),
  };
}
