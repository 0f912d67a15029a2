import { describe, expect, it } from 'vitest';
import { createFinder } from './finder.ts';
import { planBook } from './plans/plan-book.ts';
import { vocabulary } from './vocabulary.ts';

const finder = createFinder({ region: 'VN', regions: ['TH'], countries: { thailand: 'TH' } }, planBook(), vocabulary());

/** The numbers of a text whose part in brackets is a call link; `country` as its row names it. */
function marked(text: string, address: string, country?: string): string[] {
  const [open, close] = [text.indexOf('['), text.indexOf(']') - 1];
  const outside = {
    label: () => undefined,
    country: () => country,
    link: (start: number, end: number) => (start >= open && end <= close ? address : undefined),
  };
  return finder
    .find(text.replace(/[[\]]/g, ''), outside)
    .map(({ number, extension }) => (extension ? `${number} → ${extension}` : number));
}

describe('a number in a call link', () => {
  it.each([
    ['has the country that its address names', '[081 234 5678]', 'tel:+66812345678', ['+66812345678']],
    ['and so in the notation of another', 'Paul [07 82 12 34 56]', 'callto:0033782123456', ['+33782123456']],
    ['without its prefix', 'SĐT: [81 234 5678]', 'tel:+66812345678', ['+66812345678']],
    ['and one that was renumbered since', '[01273 774512]', 'tel:+441273774512', ['+441273774512']],
    ['has its address’s extension', '[028 3822 1234]', 'tel:02838221234;phone-context=+84;ext=22', ['+842838221234 → 22']],
    ['but rather the one that is shown', '[028 3822 1234] ext 12', 'tel:02838221234;ext=22', ['+842838221234 → 12']],
    ['is one, whatever the text before it says', 'Mã KH: [0912345678]', 'tel:0912345678', ['+84912345678']],
    ['however it is written', 'Lan [912345678]', 'tel://912345678', ['+84912345678']],
    ['is the one shown where the address is another', '[0912345678]', 'tel:0987654321', ['+84912345678']],
    ['also where the address only ends in it', '[081 234 5678]', 'tel:+4930812345678', ['+84812345678']],
    ['has the country also where that keeps its 0', '[081 234 5678]', 'tel:+390812345678', ['+390812345678']],
    ['but not one made by a plus too many', '[0376 312 345]', 'tel:+376312345', ['+84376312345']],
    ['also where the text names the country', '[+84 812345678]', 'tel:+66812345678', ['+84812345678']],
    ['and none where that is a code', 'Mã KH: [0912345678]', 'tel:0987654321', []],
    ['nor where it is a name', 'Mã KH: [0912345678]', 'callto:kh0912345678', []],
    ['but not beside the link', 'Mã KH: 0912345678 [gọi]', 'tel:0912345678', []],
    ['and an address cut short says nothing', '[0257 3821 664]', 'tel:0257', ['+842573821664']],
  ])('%s', (_, text, address, expected) => {
    expect(marked(text, address)).toEqual(expected);
  });

  it('is one of the country of its row where the address names none', () => {
    expect(marked('[081 234 5678]', 'tel:0812345678', 'Thailand')).toEqual(['+66812345678']);
  });
});
