// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlacedPage, ReportLine } from '../../relay/contract.ts';
import { fail, succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../testing/mount.tsx';
import { en } from '../testing/words.ts';
import ReportsPanel from './reports-panel.tsx';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-30T10:00:00+07:00') });
});
afterEach(() => {
  vi.useRealTimers();
});

const none = { accepted: 0, rejected: 0, notSent: 0, unknown: 0, refused: 0, folded: 0, dispatching: 0 };
const line = (name: string, clicks: number, more: Partial<ReportLine> = {}): ReportLine => ({
  day: null,
  agent: { id: name, name },
  clicks,
  outcomes: { ...none, accepted: clicks },
  reasons: {},
  answered: 0,
  talkSeconds: 0,
  ...more,
});
const clicked = (more: Partial<PlacedPage['calls'][number]> = {}): PlacedPage['calls'][number] => ({
  at: Date.parse('2026-03-02T10:05:00+07:00'),
  agent: { id: '1', name: 'Lan' },
  device: 'Chrome',
  number: '+84912345678',
  dialled: '0912345678',
  sipUser: '104-lan',
  surface: 'page',
  site: 'https://crm.example.com',
  state: 'accepted',
  reason: null,
  status: 'SUCCESS',
  talkSeconds: 161,
  disposition: 'answered',
  recorded: true,
  callId: 'a'.repeat(32),
  ...more,
});
const tomorrow = Date.parse('2026-12-01T00:00:00+07:00');
const report = (lines: ReportLine[], completeTo: number | null = tomorrow) =>
  succeed({ timeZone: 'Asia/Ho_Chi_Minh', lines, completeTo, keptFrom: 0 });
const lan = line('Lan', 3000, { answered: 1200, talkSeconds: 3725 });
const bao = line('Bảo', 6000, {
  outcomes: { ...none, accepted: 5000, refused: 900, rejected: 90, notSent: 6, unknown: 4 },
  answered: 7,
  talkSeconds: 60,
});

async function open(answers: Parameters<typeof fakeSend>[0]) {
  const { send, sent } = fakeSend(answers);
  await mount(fakeView(send), <ReportsPanel region="VN" />);
  return (name: string) => sent.filter((message) => message.name === name).map(({ data }) => data);
}
const panel = () => find('[data-testid=reports]');
const cells = (row: string) => [...document.querySelectorAll(`${row} > *`)].map(({ textContent }) => textContent);
async function choose(selector: string, value: string) {
  const field = find<HTMLInputElement>(selector);
  field.value = value;
  await act(() => void field.dispatchEvent(new Event('change', { bubbles: true })));
  await settle();
}

it('has a row for each agent, who clicked most first, and their sums', async () => {
  await open({ readReport: report([lan, bao]) });
  expect(cells('[data-testid=report-line]')).toEqual(
    [
      ['Bảo', '6,000', '5,000', '7', '996', '1:00'],
      ['Lan', '3,000', '3,000', '1,200', '0', '1:02:05'],
    ].flat(),
  );
  expect(cells('[data-testid=report-total]')).toEqual([en.report_total, '9,000', '8,000', '1,207', '996', '1:03:05']);
  const bars = [...document.querySelectorAll<HTMLElement>('.report-bar')].map(({ style }) => style.width);
  expect(bars).toEqual(['100%', '50%']);
});

it('says of each agent, most clicks first, why calls were not placed, the most frequent reason first', async () => {
  const more = line('Bảo', 9, { reasons: { device_offline: 1, do_not_call: 2 } });
  await open({ readReport: report([line('Lan', 3, { reasons: { do_not_call: 1 } }), more, line('Mai', 1)]) });
  const lines = [...document.querySelectorAll('[data-testid=report-why] li')].map(({ textContent }) => textContent);
  expect(lines).toEqual([`Bảo2 × ${en.failure_do_not_call}1 × ${en.failure_device_offline}`, `Lan1 × ${en.failure_do_not_call}`]);
});

it('says nothing of reasons where every call was placed', async () => {
  await open({ readReport: report([lan]) });
  expect(document.querySelector('[data-testid=report-why]')).toBeNull();
});

it('names the days in words, as the fields have the language of the browser', async () => {
  await open({ readReport: report([lan]) });
  await choose('[name=report-from]', '2026-01-07');
  await choose('[name=report-to]', '2026-07-01');
  expect(panel().textContent).toContain('Wednesday, 7 January 2026 – Wednesday, 1 July 2026.');
});

it.each([
  ['not told any more', report([lan, line('Bảo', 1, { answered: null, talkSeconds: null })]), en.report_forgotten],
  ['not told at all yet', report([lan], null), en.complete_never],
  ['known so far', report([lan], tomorrow - 15 * 3_600_000), 'known up to 09:00'],
])('says of what was answered that it is %s', async (_, answer, words) => {
  await open({ readReport: answer });
  expect(panel().textContent).toContain(words);
  if (words === en.report_forgotten) expect(cells('[data-testid=report-total]').slice(3)).toEqual(['–', '0', '–']);
});

it.each([
  ['nobody called', report([]), en.report_empty],
  ['the relay does not answer', fail('relay_unreachable'), en.failure_relay_unreachable],
])('says when %s', async (_, answer, words) => {
  await open({ readReport: answer });
  expect(panel().textContent).toContain(words);
  expect(document.querySelector('table')).toBeNull();
});

it('shows the days of a period, which may be changed by hand', async () => {
  const sentAs = await open({ readReport: report([lan]) });
  await choose('select', 'last_month');
  const field = (name: string) => find<HTMLInputElement>(`[name=report-${name}]`);
  expect([field('from').value, field('to').value]).toEqual(['2026-10-01', '2026-10-31']);
  await choose('[name=report-to]', '2026-09-30');
  expect(find('[role=alert]').textContent).toBe(en.days_backwards);
  await choose('[name=report-from]', '2026-09-29');
  expect(find<HTMLSelectElement>('select').value).toBe('custom');
  const days = (sentAs('readReport') as { from: number; to: number }[]).map(({ from, to }) => (to - from) / 86_400_000);
  expect(days.slice(-2)).toEqual([31, 2]);
});

it.each([
  ['today', 2],
  ['week', 1],
])('is counted anew for whoever comes back to %s: %i times', async (period, times) => {
  const sentAs = await open({ readReport: report([lan]) });
  if (period !== 'today') await choose('select', period);
  const before = sentAs('readReport').length;
  await act(() => void window.dispatchEvent(new Event('focus')));
  await settle();
  expect(sentAs('readReport').length - before).toBe(times - 1);
});

const december = Date.parse('2025-12-01T00:00:00+07:00');
it.each([
  ['nothing is in it', [], december, [en.report_save_empty, 'Calls before 1 Dec 2025, 00:00 are no longer kept']],
  ['it was saved', [clicked()], december, ['Saved as', 'Calls before 1 Dec 2025, 00:00 are no longer kept']],
  ['all is kept', [], december - 86_400_000, [en.report_save_empty]],
])('says of a file up to when calls have lost their numbers, when %s', async (_, calls, keptFrom, words) => {
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
  await open({
    readReport: succeed({ timeZone: 'Asia/Ho_Chi_Minh', lines: [lan], completeTo: tomorrow, keptFrom }),
    listPlacedCalls: succeed({ calls, next: null }),
  });
  await choose('[name=report-from]', '2025-11-30');
  await choose('[name=report-to]', '2025-11-30');
  await press('[data-testid=report-save-calls]');
  for (const part of words) expect(panel().textContent).toContain(part);
  expect(panel().textContent?.includes('no longer kept with their numbers')).toBe(words.length > 1);
});

it('says nothing of numbers below the table by day, which has none', async () => {
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
  await open({
    readReport: succeed({ timeZone: 'Asia/Ho_Chi_Minh', lines: [lan], completeTo: tomorrow, keptFrom: tomorrow }),
  });
  await press('[data-testid=report-save]');
  await settle();
  expect(find('[data-testid=reports] .field-good').textContent).toBe(
    en.report_saved.replace('{file}', 'dialside-report-2026-11-30-2026-11-30.csv'),
  );
});

it.each([
  [fail('number_invalid'), 'That is not a phone number'],
  [fail('too_large'), en.report_too_many],
  [fail('relay_timeout'), en.failure_relay_timeout],
])('says why there is no file: %j', async (answer, words) => {
  await open({ readReport: report([lan]), listPlacedCalls: answer });
  await press('[data-testid=report-save-calls]');
  expect(find('[data-testid=notice]').textContent).toContain(words);
});

describe('the calls with one number', () => {
  async function ask(answer: unknown, number = '0912 345 678') {
    const sentAs = await open({ readReport: report([lan]), listPlacedCalls: answer as never });
    await type('[name=report-number]', number);
    await press('[data-testid=report-show-calls]');
    await settle();
    return sentAs;
  }
  const rows = () => [...document.querySelectorAll('[data-testid=number-call]')].map(({ textContent }) => textContent);

  it('are told in words, the newest twenty of a year', async () => {
    const refused = clicked({ state: 'refused', reason: 'do_not_call', status: null, talkSeconds: null, disposition: null });
    const sentAs = await ask(
      succeed({ calls: [clicked(), { ...refused, recorded: false, sipUser: null, surface: 'popup', site: null }], next: null }),
    );
    expect(rows()).toEqual([
      '2026-03-02 10:05:00 · LanButton on a page, crm.example.com · Chrome · to ring 104-lanAnswered · talked 2:41 · recorded',
      `2026-03-02 10:05:00 · LanDialside’s popup · ChromeThe agent read: “${en.failure_do_not_call}”${en.clicked_refused}`,
    ]);
    expect(find('[data-testid=number-calls]').textContent).toContain('all of the last 365 days');
    const [{ from, to, ...asked } = { from: 0, to: 0 }] = sentAs('listPlacedCalls') as { from: number; to: number }[];
    expect([asked, (to - from) / 86_400_000]).toEqual([{ number: '0912 345 678', limit: 20 }, 366]);
    // A day of it lies ahead.
    expect(Math.round((to - Date.now()) / 86_400_000)).toBe(1);
  });

  it.each([
    ['there are none', succeed({ calls: [], next: null }), 'In the last 365 days nobody pressed'],
    ['there are more', succeed({ calls: [clicked()], next: 'x' }), en.number_calls_more],
    ['the number is none', fail('number_invalid'), 'That is not a phone number'],
  ])('say so when %s', async (_, answer, words) => {
    await ask(answer);
    expect(panel().textContent).toContain(words);
  });

  it('are asked for by nobody who has typed none', async () => {
    const sentAs = await ask(succeed({ calls: [], next: null }), '  ');
    expect([find<HTMLButtonElement>('[data-testid=report-show-calls]').disabled, sentAs('listPlacedCalls')]).toEqual([true, []]);
  });
});

it('saves files in the words of the reader, and beside them as the relay writes them', async () => {
  const blobs: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return 'blob:x';
  });
  const unknown = clicked({ state: 'unknown', reason: 'outcome_unknown', status: null, talkSeconds: null, disposition: null });
  await open({
    readReport: report([line('Lan', 3, { day: '2026-11-30', reasons: { do_not_call: 2 } })]),
    listPlacedCalls: succeed({
      calls: [clicked(), unknown, clicked({ state: 'moved', disposition: null, status: null })],
      next: null,
    }),
  });
  await press('[data-testid=report-save-calls]');
  await press('[data-testid=report-save]');
  const [calls = [], table = []] = await Promise.all(blobs.map(async (blob) => (await blob.text()).split('\r\n')));
  expect(calls[0]).toContain('Time,Agent,Number,Outcome,Seconds talked,');
  expect(calls[1]).toBe(
    [
      '2026-03-02 10:05:00,Lan,0912 345 678,Answered,161,Yes,,"Button on a page, crm.example.com",Chrome,104-lan',
      '+84912345678,0912345678,2026-03-02T03:05:00.000Z,accepted,,SUCCESS',
      'a'.repeat(32),
    ].join(),
  );
  expect(calls[2]).toContain(`Lan,0912 345 678,"${en.clicked_unknown}",,Yes,`.replaceAll('"', ''));
  expect(calls[3]).toContain('0912 345 678,moved,161');
  expect(table[0]).toContain('Day,Agent,Clicks,Placed,');
  expect(table[1]).toContain(`2 × ${en.failure_do_not_call}`);
});
