import { afterEach, expect, it, vi } from 'vitest';
import { createPress } from './press.ts';
import type { Doubt } from './trust.ts';

afterEach(() => void vi.useRealTimers());

const mark = { number: '+84901234567', extension: '12' } as never;
const button = { element: { getRootNode: () => ({ host: {} }) }, placedAt: 0 } as never;
const trusted = { isTrusted: true } as MouseEvent;

/** Presses under a given doubt and records everything that happens. */
function pressUnder(doubt: Doubt, isOffered = true) {
  const came: string[] = [];
  const press = createPress({
    calls: {
      of: () => ({ phase: 'asking', text: 'confirm' }),
      isLocked: () => false,
      questionOf: () => undefined,
      ask: (_, text) => void came.push(`asks ${text}`),
      say: (_, text) => void came.push(`says ${text}`),
      place: async (number, extension) => void came.push(`calls ${number} ${extension}`),
    },
    trust: { doubt: () => doubt } as never,
    translate: (key) => key,
    isDisguised: () => false,
    stillStands: () => true,
    sayChanged: () => came.push('changed'),
    async offer(number, extension) {
      came.push(`offers ${number} ${extension}`);
      return isOffered;
    },
  });
  return { press, came };
}

it.each<[doubt: Doubt, isOffered: boolean, first: string[], second: string[]]>([
  ['none', true, ['calls +84901234567 12'], ['calls +84901234567 12']],
  ['hasty', true, ['asks confirm'], []],
  ['hidden', true, ['asks confirm'], ['says covered']],
  ['untold', true, ['offers +84901234567 12', 'says offered'], ['offers +84901234567 12', 'says offered']],
  ['untold', false, ['offers +84901234567 12', 'says covered'], ['offers +84901234567 12', 'says covered']],
])(
  'under the doubt “%s” a press and the answer to a question do what can be known to be meant',
  async (doubt, isOffered, ...all) => {
    const onButton = pressUnder(doubt, isOffered);
    onButton.press.button(mark, button, trusted);
    const onAnswer = pressUnder(doubt, isOffered);
    onAnswer.press.confirm(mark, {} as Element, 0, trusted);
    await expect.poll(() => [onButton.came, onAnswer.came]).toEqual(all);
  },
);

it.each<Doubt>(['none', 'hasty', 'hidden', 'untold'])(
  'under the doubt “%s” an event that a script made does nothing',
  (doubt) => {
    const { press, came } = pressUnder(doubt);
    const scripted = { isTrusted: false } as MouseEvent;
    press.button(mark, button, scripted);
    press.confirm(mark, {} as Element, 0, scripted);
    expect(came).toEqual([]);
  },
);

it.each<[clicks: string, apart: number, times: number]>([
  ['two clicks in one task hand a number over once', 0, 1],
  ['so does a double click', 200, 1],
  ['two presses hand it over twice', 600, 2],
])('%s', async (_, apart, times) => {
  vi.useFakeTimers();
  const { press, came } = pressUnder('untold');
  press.button(mark, button, trusted);
  if (apart > 0) await vi.advanceTimersByTimeAsync(apart);
  press.button(mark, button, trusted);
  await vi.advanceTimersByTimeAsync(0);
  expect(came).toEqual(Array(times).fill(['offers +84901234567 12', 'says offered']).flat());
});

it('a number pressed while another is handed over is handed over as well', async () => {
  const { press, came } = pressUnder('untold');
  press.button(mark, button, trusted);
  press.button({ number: '+84912345678' } as never, button, trusted);
  const offers = ['offers +84901234567 12', 'offers +84912345678 undefined'];
  await expect.poll(() => came).toEqual([...offers, 'says offered', 'says offered']);
});
