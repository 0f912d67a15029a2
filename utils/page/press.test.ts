import { expect, it } from 'vitest';
import { createPress } from './press.ts';
import type { Doubt } from './trust.ts';

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

it('a double click hands a number over once', async () => {
  const { press, came } = pressUnder('untold');
  for (let click = 0; click < 2; click++) press.button(mark, button, trusted);
  await expect.poll(() => came).toEqual(['offers +84901234567 12', 'says offered']);
});
