import { describe, expect, it, vi } from 'vitest';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { fakeSend } from '../testing/fake-view.ts';
import { createReports } from './reports-store.ts';

const hour = 3_600_000;
/** At this moment it is already Monday in Ho Chi Minh City and still Sunday in Berlin. */
const now = Date.parse('2026-11-29T19:00Z');
const monday = Date.parse('2026-11-29T17:00Z');
const report = { timeZone: 'Asia/Ho_Chi_Minh', lines: [], completeTo: null, keptFrom: 0 };
const saved = vi.fn<(name: string, content: unknown, type: string) => void>();

function open(answers: Parameters<typeof fakeSend>[0], timeZone = 'Asia/Ho_Chi_Minh') {
  const { send, sent } = fakeSend({ readReport: succeed(report), ...answers });
  const reports = createReports(send, { now: () => now, save: saved, timeZone });
  return { ...reports, state: () => reports.store.getState(), sent };
}

describe('the days of a report', () => {
  it('are the company’s, once the relay has told its zone', async () => {
    const { load, state, sent } = open({}, 'Europe/Berlin');
    await load();
    expect(state()).toMatchObject({ timeZone: 'Asia/Ho_Chi_Minh', days: { from: '2026-11-30', to: '2026-11-30' } });
    expect(sent.map(({ data }) => data)).toEqual([
      { from: monday - 18 * hour, to: monday + 6 * hour },
      { from: monday, to: monday + 24 * hour },
    ]);
    expect(state().report).toEqual(report);
  });

  it('are asked for no more than the relay tells of at once', async () => {
    const { choose, state, sent } = open({});
    choose('custom', { from: '2025-01-01' });
    await vi.waitFor(() => expect(state()).toMatchObject({ period: 'custom', report: null, failure: null }));
    expect(sent).toEqual([]);
  });

  it('tell of the choice that was made last, whichever is answered first', async () => {
    const first = Promise.withResolvers<Reply<typeof report>>();
    const { choose, load, state } = open({
      readReport: [() => first.promise, succeed({ ...report, completeTo: 7 })],
    });
    const slow = load();
    choose('yesterday');
    await vi.waitFor(() => expect(state().report?.completeTo).toBe(7));
    first.resolve(succeed(report));
    await slow;
    expect(state()).toMatchObject({ days: { from: '2026-11-29', to: '2026-11-29' }, report: { completeTo: 7 } });
  });

  it('keep what was read when it cannot be read again', async () => {
    const { load, state } = open({ readReport: [succeed(report), fail('relay_unreachable')] });
    await load();
    await load();
    expect(state()).toMatchObject({ report, failure: { code: 'relay_unreachable' } });
  });
});

describe('the files of a report', () => {
  it('hold a long time by agent and day, under one heading, with the mark that spreadsheets want', async () => {
    const part = (day: string) => succeed(`day,agent\r\n${day},Lan\r\n`);
    const { choose, saveTable, state, sent } = open({ exportReport: [part('a'), succeed('day,agent\r\n'), part('c')] });
    choose('custom', { from: '2026-09-10', to: '2026-11-29' });
    await saveTable();
    const file = 'dialside-report-2026-09-10-2026-11-29.csv';
    expect(saved.mock.calls).toEqual([[file, '\uFEFFday,agent\r\na,Lan\r\nc,Lan\r\n', 'text/csv;charset=utf-8']]);
    expect(state().saving).toEqual({ phase: 'saved', name: 'report', file });
    const asked = sent.filter(({ name }) => name === 'exportReport').map(({ data }) => data as { from: number; to: number });
    expect(asked.map(({ from, to }) => (to - from) / (24 * hour))).toEqual([31, 31, 19]);
  });

  it.each([
    ['', {}],
    [' 0912 345 678 ', { number: '0912 345 678' }],
  ])('hold every click, of the number %j', async (number, asked) => {
    const { load, saveCalls, sent } = open({ exportPlacedCalls: succeed('at\r\n1\r\n') });
    await load();
    await saveCalls(number);
    expect(sent.at(-1)).toEqual({ name: 'exportPlacedCalls', data: { from: monday, to: monday + 24 * hour, ...asked } });
    expect(saved.mock.calls.map(([name]) => name)).toEqual(['dialside-calls-2026-11-30-2026-11-30.csv']);
  });

  it.each([
    ['nothing is in them', succeed('at\r\n'), { phase: 'empty', name: 'calls' }],
    ['they are refused', fail('bad_request'), { phase: 'failed', failure: { code: 'bad_request', message: 'bad_request' } }],
  ])('are none when %s', async (_, answer, saving) => {
    const { saveCalls, state } = open({ exportPlacedCalls: answer });
    await saveCalls('');
    expect(state().saving).toEqual(saving);
    expect(saved).not.toHaveBeenCalled();
  });

  it('are not saved once other days were chosen, and not asked for twice', async () => {
    const answer = Promise.withResolvers<Reply<string>>();
    const { choose, saveTable, state, sent } = open({ exportReport: () => answer.promise });
    const saving = saveTable();
    await saveTable();
    expect(sent).toHaveLength(1);
    choose('month');
    answer.resolve(succeed('day\r\n1\r\n'));
    await saving;
    expect([saved.mock.calls, state().saving]).toEqual([[], { phase: 'idle' }]);
  });
});
