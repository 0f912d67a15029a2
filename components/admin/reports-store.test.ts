import { describe, expect, it, vi } from 'vitest';
import type { Report, ReportLine } from '../../relay/contract.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { fakeSend } from '../testing/fake-view.ts';
import { createReports } from './reports-store.ts';

const hour = 3_600_000;
/** At this moment it is already Monday in Ho Chi Minh City and still Sunday in Berlin. */
const now = Date.parse('2026-11-29T19:00Z');
const monday = Date.parse('2026-11-29T17:00Z');
const report: Report = { timeZone: 'Asia/Ho_Chi_Minh', lines: [], completeTo: null, keptFrom: 0 };
const reportLine: ReportLine = {
  day: null,
  agent: { id: '1', name: 'Lan' },
  clicks: 1,
  outcomes: { accepted: 1, rejected: 0, notSent: 0, unknown: 0, refused: 0, folded: 0, dispatching: 0 },
  reasons: {},
  answered: 0,
  talkSeconds: 0,
};
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
      { from: monday - 18 * hour, to: monday + 6 * hour, per: 'period' },
      { from: monday, to: monday + 24 * hour, per: 'period' },
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
  const line = (name: string) => ({ ...reportLine, agent: { id: name, name } });
  const namesOf = (lines: readonly { agent: { name: string } }[]) => [['Agent'], ...lines.map(({ agent }) => [agent.name])];

  it('hold a long time by agent and day, under one heading, with the mark that spreadsheets want', async () => {
    const part = (...names: string[]) => succeed({ ...report, lines: names.map(line) });
    const { choose, saveTable, state, sent } = open({ readReport: [part('a'), part(), part('c', 'd')] });
    choose('custom', { from: '2025-01-01' });
    choose('custom', { from: '2026-09-10', to: '2026-11-29' });
    await vi.waitFor(() => expect(state().report).not.toBeNull());
    sent.length = 0;
    await saveTable(namesOf);
    const file = 'dialside-report-2026-09-10-2026-11-29.csv';
    expect(saved.mock.calls).toEqual([[file, '\uFEFFAgent\r\nc\r\nd\r\nc\r\nd\r\n', 'text/csv;charset=utf-8']]);
    expect(state().saving).toEqual({ phase: 'saved', name: 'report', file });
    const asked = sent.map(({ data }) => data as { from: number; to: number; per: string });
    expect(asked.map(({ from, to, per }) => [per, (to - from) / (24 * hour)])).toEqual([
      ['day', 31],
      ['day', 31],
      ['day', 19],
    ]);
  });

  it.each([
    ['', {}],
    [' 0912 345 678 ', { number: '0912 345 678' }],
  ])('hold every click, of the number %j', async (number, asked) => {
    const page = (name: string, next: string | null) => succeed({ calls: [line(name)], next });
    const { load, saveCalls, sent } = open({ listPlacedCalls: [page('a', 'next'), page('b', null)] });
    await load();
    await saveCalls(number, namesOf);
    const query = { from: monday, to: monday + 24 * hour, limit: 1000, ...asked };
    expect(sent.slice(-2)).toEqual([
      { name: 'listPlacedCalls', data: query },
      { name: 'listPlacedCalls', data: { ...query, cursor: 'next' } },
    ]);
    expect(saved.mock.calls.map(([name, text]) => [name, text])).toEqual([
      ['dialside-calls-2026-11-30-2026-11-30.csv', '\uFEFFAgent\r\na\r\nb\r\n'],
    ]);
  });

  it.each([
    ['nothing is in them', succeed({ calls: [], next: null }), { phase: 'empty', name: 'calls' }],
    ['they are refused', fail('bad_request'), { phase: 'failed', failure: { code: 'bad_request', message: 'bad_request' } }],
    [
      'they are too many',
      succeed({ calls: Array(10_000).fill(line('a')), next: 'more' }),
      { phase: 'failed', failure: { code: 'too_large', message: 'too_large' } },
    ],
  ])('are none when %s', async (_, answer, saving) => {
    const { saveCalls, state } = open({ listPlacedCalls: answer });
    await saveCalls('', namesOf);
    expect(state().saving).toEqual(saving);
    expect(saved).not.toHaveBeenCalled();
  });

  it('are not saved once other days were chosen, and not asked for twice', async () => {
    const answer = Promise.withResolvers<Reply<typeof report>>();
    const { choose, saveTable, state, sent } = open({ readReport: [() => answer.promise, succeed(report)] });
    const saving = saveTable(namesOf);
    await saveTable(namesOf);
    expect(sent).toHaveLength(1);
    choose('month');
    answer.resolve(succeed({ ...report, lines: [line('a')] }));
    await saving;
    expect([saved.mock.calls, state().saving]).toEqual([[], { phase: 'idle' }]);
  });
});
