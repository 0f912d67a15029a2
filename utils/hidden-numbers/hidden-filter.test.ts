import { describe, expect, it } from 'vitest';
import { ruleOf, sharedPatterns } from './hidden-filter.ts';
import { isHiddenBy } from './hidden-rule.ts';

const entry = (text: string) => ({ number: `+84${text.replace(/\D/g, '').slice(1)}`, text });

describe('what is hidden', () => {
  const orders = ['0381000123', '0381000456', '0381000789'].map(entry);
  const rows: [name: string, hidden: string[], text: string, isHidden: boolean][] = [
    ['nothing', [], '0912 345 678', false],
    ['the number itself', ['0912 345 678'], '0912 345 678', true],
    ['the same digits written otherwise', ['0912 345 678'], '0912.345.678', true],
    ['another number written alike', ['0912 345 678'], '0912 345 679', false],
    ['after two alike, not the third', ['0381000123', '0381000456'], '0381000999', false],
    ['after three alike, the fourth', orders.map(({ text }) => text), '0381000999', true],
    ['not with another beginning', orders.map(({ text }) => text), '0912000999', false],
    ['not written otherwise', orders.map(({ text }) => text), '0381 000 999', false],
    [
      'three written alike that differ in more than their last digits hide only themselves',
      ['0912 345 678', '0387 111 222', '0251 999 000'],
      '0900 000 000',
      false,
    ],
    ['the same three times is one', ['0381000123', '0381000123', '0381000123'], '0381000124', false],
  ];
  it.each(rows)('%s', (_, hidden, text, isHidden) => {
    expect(isHiddenBy(ruleOf(hidden.map(entry)), entry(text).number, text)).toBe(isHidden);
  });
});

it.each([
  [['0381000123', '0381000456', '0381000789'], ['0381000###']],
  [['DH 0381 001', 'DH 0381 002', 'DH 0381 003'], ['DH 0381 00#']],
  [['0381000123', '0381000456'], []],
  [['0912345678', '0387111222', '0251999000'], []],
  [['+84 912 345 678', '+84 987 654 321', '+84 933 111 222'], []],
  [['0381000123', '0381001456', '0381002789'], []],
  [['0381000123', '0912345678', '0381000456', '0381000789'], ['0381000###']],
  [['1080', '1081', '1082'], ['108#']],
  [['1080', '1181', '1282'], []],
])('%j → %j', (texts, patterns) => {
  expect(sharedPatterns(texts.map(entry))).toEqual(patterns);
});
