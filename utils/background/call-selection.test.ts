import { expect, it } from 'vitest';
import type { Call, CallState } from '../../relay/contract.ts';
import { createTranslate } from '../i18n/translate.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { callSelection } from './call-selection.ts';

const words = {
  title: 't',
  placing: 'placing {number}',
  accepted: 'accepted {number}',
  noNumber: 'none',
  manyNumbers: 'many',
  unknown: 'unknown',
};
const state =
  (value: CallState, reason: string | null = null) =>
  (key: string): Reply<Call> =>
    succeed({
      key,
      number: '',
      state: value,
      reason: reason ? { code: 'x', message: reason } : null,
      createdAt: 1,
      settledAt: 1,
      sameAs: null,
    });
const number = '+84901234567';

const rows: [text: string, reply: (key: string) => Reply<Call>, dialled: string[], shown: string[]][] = [
  ['0901 234 567', state('accepted'), [number], [`placing:placing ${number}`, `accepted:accepted ${number}`]],
  ['Gọi anh An: 0901.234.567 nhé', state('accepted'), [number], [`placing:placing ${number}`, `accepted:accepted ${number}`]],
  ['0901234567 / +84 901 234 567', state('accepted'), [number], [`placing:placing ${number}`, `accepted:accepted ${number}`]],
  ['0901234567', state('rejected', 'offline'), [number], [`placing:placing ${number}`, 'failed:offline', 'revealed']],
  ['0901234567', state('unknown'), [number], [`placing:placing ${number}`, 'failed:unknown', 'revealed']],
  [
    '0901234567',
    () => fail('not_connected', 'connect first'),
    [number],
    [`placing:placing ${number}`, 'failed:connect first', 'revealed'],
  ],
  ['0901234567', () => fail('country_not_allowed', 'closed'), [number], [`placing:placing ${number}`, 'failed:closed']],
  ['0901234567 or 0912345678', state('accepted'), [], ['failed:many']],
  ['no number here', state('accepted'), [], ['failed:none']],
  ['', state('accepted'), [], ['failed:none']],
];
it.each(rows)('%j', async (text, reply, dialled, shown) => {
  const sent: string[] = [];
  const badges: string[] = [];
  await callSelection(text, {
    caller: {
      send: async (click) => {
        sent.push(click.number);
        expect(click.surface).toBe('menu');
        return reply(click.key);
      },
      ask: async (key) => reply(key),
    },
    region: 'VN',
    words: { say: createTranslate(words), explain: ({ message }) => message },
    show: async (look, sentence) => void badges.push(`${look}:${sentence}`),
    reveal: async () => void badges.push('revealed'),
  });
  expect([sent, badges]).toEqual([dialled, shown]);
});
