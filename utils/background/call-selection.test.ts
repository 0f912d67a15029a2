import { expect, it } from 'vitest';
import type { Call, CallState } from '../../relay/contract.ts';
import { createTranslate } from '../i18n/translate.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import type { ViewWish } from '../storage.ts';
import { callSelection } from './call-selection.ts';

const words = {
  title: 't',
  placing: 'placing {number}',
  accepted: 'accepted {number}',
  extension: 'then {extension}',
  doubtful: 'doubtful',
  noNumber: 'none',
  manyNumbers: 'many',
};
const state =
  (value: CallState, reason: string | null = null) =>
  (key: string): Reply<Call> =>
    succeed({
      key,
      number: '+84901234567',
      state: value,
      reason: reason ? { code: 'x', message: reason } : null,
      createdAt: 1,
      settledAt: 1,
      sameAs: null,
    });
const number = '+84901234567';
const shownAs = '0901 234 567';

const rows: [text: string, reply: (key: string) => Reply<Call>, dialled: string[], shown: string[]][] = [
  ['0901 234 567', state('accepted'), [number], [`placing:placing ${shownAs}`, `accepted:accepted ${shownAs}`]],
  ['Gọi anh An: 0901.234.567 nhé', state('accepted'), [number], [`placing:placing ${shownAs}`, `accepted:accepted ${shownAs}`]],
  ['0901234567 / +84 901 234 567', state('accepted'), [number], [`placing:placing ${shownAs}`, `accepted:accepted ${shownAs}`]],
  [
    '0901234567',
    state('rejected', 'offline'),
    [number],
    [`placing:placing ${shownAs}`, 'failed:offline', `rejected ${number}: offline`],
  ],
  [
    '0901234567',
    state('unknown'),
    [number],
    [`placing:placing ${shownAs}`, 'failed:outcome_unknown', `unknown ${number}: nothing said`],
  ],
  [
    '0901234567',
    () => fail('not_connected', 'connect first'),
    [number],
    [`placing:placing ${shownAs}`, 'failed:connect first', `not_sent ${number}: connect first`],
  ],
  [
    '0901234567',
    () => fail('country_not_allowed', 'closed'),
    [number],
    [`placing:placing ${shownAs}`, 'failed:closed', `not_sent ${number}: closed`],
  ],
  ['0901234567 or 0912345678', state('accepted'), [], ['failed:many', 'typed 0901234567 or 0912345678']],
  ['912345678', state('accepted'), ['+84912345678'], ['placing:placing 0912 345 678', 'accepted:accepted 0912 345 678']],
  [
    '0901234567 máy lẻ 12',
    state('accepted'),
    [`${number} then 12`],
    [`placing:placing ${shownAs}`, `accepted:accepted ${shownAs} then 12`],
  ],
  ['Chị Lan 912345678', state('accepted'), [], ['failed:doubtful', 'typed Chị Lan 912345678']],
  ['no number here', state('accepted'), [], ['failed:none', 'typed no number here']],
  ['', state('accepted'), [], ['failed:none', 'typed ']],
];
function revealed(wish: ViewWish): string {
  if (wish.show !== 'placed') return wish.show === 'typed' ? `typed ${wish.text}` : wish.show;
  return `${wish.call.state} ${wish.call.number}: ${wish.call.reason?.message ?? 'nothing said'}`;
}

it.each(rows)('%j', async (text, reply, dialled, shown) => {
  const sent: string[] = [];
  const badges: string[] = [];
  const told: string[] = [];
  await callSelection(text, {
    caller: {
      send: async (click) => {
        sent.push(click.extension ? `${click.number} then ${click.extension}` : click.number);
        expect(click.surface).toBe('menu');
        expect(told).toEqual([click.key]);
        return reply(click.key);
      },
      ask: async (key) => reply(key),
    },
    regions: { homeRegion: 'VN', regions: ['VN'] },
    words: { say: createTranslate(words), explain: ({ message }) => message },
    onPlacing: async (key) => {
      expect(badges).toEqual([]);
      told.push(key);
    },
    isSameCall: async () => false,
    showFolded: async () => {},
    show: async (look, sentence) => void badges.push(`${look}:${sentence}`),
    reveal: async (wish) => void badges.push(revealed(wish)),
  });
  expect([sent, badges]).toEqual([dialled, shown]);
});
