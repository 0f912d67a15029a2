import { describe, expect, it } from 'vitest';
import type { HistoryCall, NumberFacts } from '../../relay/contract.ts';
import pageEn from '../i18n/page-en.ts';
import pageVi from '../i18n/page-vi.ts';
import { createTranslate } from '../i18n/translate.ts';
import type { CardLanguage } from './describe-for-card.ts';
import { describeForCard } from './describe-for-card.ts';
import { pastForCard } from './past-for-card.ts';

const local = (text: string) => new Date(text).getTime();
const now = local('2026-07-03T14:07:00');
const en: CardLanguage = { language: 'en', say: createTranslate(pageEn), now };
const vi: CardLanguage = { language: 'vi', say: createTranslate(pageVi), now };

const call = (id: string, startedAt: string, disposition: string, direction = 'outbound', talkSeconds = 0): HistoryCall =>
  ({ id, startedAt: local(startedAt), disposition, direction, talkSeconds }) as HistoryCall;
const facts = (more: Partial<NumberFacts> = {}): NumberFacts => ({
  number: '+84901234567',
  country: null,
  class: null,
  refusal: null,
  week: { calls: 0, answered: 0 },
  last: null,
  lastAnswered: null,
  note: null,
  ...more,
});
const busy = call('b', '2026-07-02T10:20:00', 'busy');
const reached = call('r', '2026-06-30T09:05:00', 'answered', 'outbound', 161);

describe('what happened before', () => {
  const rows: [name: string, facts: Partial<NumberFacts>, english: string, vietnamese: string][] = [
    ['nothing', {}, 'No calls of yours with this number are known.', 'Không thấy cuộc gọi nào của bạn với số này.'],
    [
      'several, the last in vain',
      { week: { calls: 3, answered: 1 }, last: busy, lastAnswered: reached },
      '3 calls in 7 days · last: busy, Thu 10:20 · reached Tue 09:05',
      '3 cuộc gọi trong 7 ngày · gần nhất: máy bận, T5 10:20 · liên lạc được T3 09:05',
    ],
    [
      'one today, answered',
      { week: { calls: 1, answered: 1 }, last: { ...reached, startedAt: now - 60_000 }, lastAnswered: reached },
      '1 call in 7 days · last: talked 2:41, 14:06',
      '1 cuộc gọi trong 7 ngày · gần nhất: nói chuyện 2:41, 14:06',
    ],
    [
      'a call just placed',
      { week: { calls: 1, answered: 0 }, placed: now - 120_000 },
      '1 call in 7 days · last: called, no result yet, 14:05',
      '1 cuộc gọi trong 7 ngày · gần nhất: đã gọi, chưa có kết quả, 14:05',
    ],
    [
      'a call just placed after one that was answered',
      { week: { calls: 2, answered: 1 }, last: reached, lastAnswered: reached, placed: now - 120_000 },
      '2 calls in 7 days · last: called, no result yet, 14:05 · reached Tue 09:05',
      '2 cuộc gọi trong 7 ngày · gần nhất: đã gọi, chưa có kết quả, 14:05 · liên lạc được T3 09:05',
    ],
    [
      'a call placed before the last that is known',
      { week: { calls: 2, answered: 0 }, last: busy, placed: busy.startedAt - 1 },
      '2 calls in 7 days · last: busy, Thu 10:20',
      '2 cuộc gọi trong 7 ngày · gần nhất: máy bận, T5 10:20',
    ],
    [
      'long ago, from them',
      { last: call('i', '2025-12-24T09:00:00', 'missed', 'inbound') },
      'No calls in the last 7 days · last: you missed their call, 24 Dec 2025',
      '7 ngày qua không có cuộc gọi · gần nhất: bạn nhỡ cuộc gọi của khách, 24 thg 12, 2025',
    ],
    [
      'one that nobody picked up',
      { week: { calls: 1, answered: 0 }, last: call('n', '2026-07-03T13:00:00', 'ivr') },
      '1 call in 7 days · last: not answered, 13:00',
      '1 cuộc gọi trong 7 ngày · gần nhất: không nghe máy, 13:00',
    ],
  ];
  it.each(rows)('%s', (_, more, english, vietnamese) => {
    expect([pastForCard(facts(more), en).summary, pastForCard(facts(more), vi).summary]).toEqual([english, vietnamese]);
  });

  it('has a word for every ending', () => {
    for (const disposition of ['cancelled', 'busy', 'ivr', 'missed', 'failed', 'other'])
      expect(pastForCard(facts({ last: call('x', '2026-07-03T09:00:00', disposition) }), en).summary).not.toContain('past_');
  });
});

it.each([
  ['+84901234567', 'VN', 'mobile', 'Vietnam · mobile'],
  ['+842837312345', 'VN', 'fixed', 'Vietnam · landline'],
  ['+14165550123', 'CA', 'mobile', 'Canada'],
  ['+18005550123', 'US', 'toll_free', 'United States · free of charge'],
  ['+6591234567', 'SG', 'other', 'Singapore'],
])('places %s as the relay knows it', (number, country, kind, place) => {
  expect(pastForCard(facts({ number, country, class: kind }), en).place?.kind).toBe(place);
});

it('shows the newest note short, with its outcome', () => {
  const note = { text: `${'long '.repeat(60)}end`, outcome: 'call_later' as const, version: 1, updatedAt: now - 60_000 };
  const shown = pastForCard(facts({ note }), en).note ?? '';
  expect(shown).toMatch(/^Note, 14:06: Call later · long long.*…$/);
  expect(shown.length).toBeLessThan(200);
});

it('warns of a number that asked not to be called, and bars no call', () => {
  const { warning, refusal } = pastForCard(facts({ askedNotToCall: reached.startedAt }), en);
  expect([warning, refusal]).toEqual([pageEn.past_asked_not.replace('{when}', 'Tue 09:05'), null]);
  expect(pastForCard(facts({ askedNotToCall: null }), en)).not.toHaveProperty('warning');
});

it.each([
  ['do_not_call', pageVi.error_do_not_call],
  ['a_newer_code', 'From the relay.'],
])('says a refusal in the language of the agent: %s', (code, text) => {
  const refusal = { code, message: 'From the relay.', overridable: false };
  expect(pastForCard(facts({ refusal }), vi).refusal).toEqual({ text, overridable: false });
});

it.each([
  [
    [
      { from: '08:00', to: '11:30' },
      { from: '13:30', to: '17:00' },
    ],
    'Allowed today: 08:00\u2060–\u206011:30, 13:30\u2060–\u206017:00.',
  ],
  [[], 'They are not allowed at all today.'],
])('names the sales hours of today: %o', (hours, said) => {
  const refusal = { code: 'outside_sales_hours', message: '', overridable: true, hours };
  expect(pastForCard(facts({ refusal }), en).refusal).toEqual({
    text: `${pageEn.hours_refused} ${said}`,
    overridable: true,
    hours: said,
  });
});

describe('the outcome of the newest call', () => {
  const note = { text: '', outcome: 'call_later' as const, version: 1, updatedAt: now };
  const latest = (ago: number, more: object = {}) => ({ subject: 's', at: now - ago, note: null, ...more });

  it.each<[string, NumberFacts['latest'], Parameters<typeof pastForCard>[2], string | null | undefined]>([
    ['of which nothing was noted', latest(60_000), {}, null],
    ['that was noted', latest(60_000, { note }), {}, 'call_later'],
    ['that waits for the relay', latest(60_000, { note }), { s: { outcome: 'done' } }, 'done'],
    ['taken back, which waits for the relay', latest(60_000, { note }), { s: { outcome: null } }, null],
    ['while that of another waits', latest(60_000), { other: { outcome: 'done' } }, null],
    ['almost four hours ago', latest(4 * 3_600_000 - 1), {}, null],
    ['four hours ago', latest(4 * 3_600_000), {}, undefined],
    ['with a number never called', null, {}, undefined],
    ['told by an older relay', undefined, {}, undefined],
  ])('%s', (_, known, waiting, outcome) => {
    expect(pastForCard(facts({ latest: known }), vi, waiting).latest?.outcome).toBe(outcome);
  });

  it('has its words', () => {
    const { title, outcomes } = pastForCard(facts({ latest: latest(120_000) }), vi).latest ?? {};
    expect([title, outcomes?.[1]]).toEqual(['Kết quả cuộc gọi, 14:05', { id: 'call_later', text: 'Hẹn gọi sau' }]);
  });
});

it.each([
  ['+84912345678', 'Lan 0912 345 678', undefined, 'Vietnam · mobile', /there$/, 'valid number here'],
  ['+84383456789', 'ĐT: 0168 345 6789', undefined, 'Vietnam · mobile', /there$/, 'has changed: 0383 456 789'],
  ['+84912345678', '0912 345 678', '12', 'Vietnam · mobile', /there$/, 'Extension 12'],
  ['19001234', 'Hotline 1900 1234', undefined, 'Vietnam · service line', /there$/, 'service line'],
  ['+6591234567', '+65 9123 4567', undefined, 'Singapore', /there$/, 'country code'],
  // Toronto: the compact plan cannot tell Canada from the United States.
  ['+14165550123', '+1 416 555 0123', undefined, '', null, 'country code'],
  // The column of countries in the table names the country.
  ['+441273774512', '01273 774512', undefined, 'United Kingdom', /there$/, 'valid number here'],
  ['+84912345678', 'Gọi ngay', undefined, 'Vietnam · mobile', /there$/, 'links it'],
])('%s written “%s”', (number, text, extension, kind, time, remark) => {
  const told = describeForCard({ number, text, ...(extension && { extension }) }, { region: 'VN' }, { device: '101-lan' }, en);
  expect(told.kind).toBe(kind);
  expect(told.remarks.join(' ')).toContain(remark);
  if (time) expect(told.localTime).toMatch(time);
  else expect(told.localTime).toBeNull();
});
