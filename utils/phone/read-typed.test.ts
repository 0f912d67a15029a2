import { describe, expect, it } from 'vitest';
import { readSelected, readTyped } from './read-typed.ts';

describe('readTyped', () => {
  it.each([
    ['0912345678', '+84912345678'],
    ['(091) 234-5678', '+84912345678'],
    ['84 912 345 678', '+84912345678'],
    ['0084912345678', '+84912345678'],
    ['tel:+84912345678', '+84912345678'],
    ['Chị Lan: 0912.345.678 nhé', '+84912345678'],
    ['028 3731 2345', '+842837312345'],
    ['0168 345 6789', '+84383456789'],
    ['1900 1234', '19001234'],
    ['+1 (415) 555-2671', '+14155552671'],
    ['０９１２３４５６７８', '+84912345678'],
    ['0912345678 hoặc 0912 345 678', '+84912345678'],
    ['0912345678 / 0987001122', 'several'],
    ['0912 345 67', 'none'],
    ['0912 345 6789', 'none'],
    ['113', 'none'],
    ['Lan', 'none'],
    [' ', 'empty'],
  ])('reads %o as %s', (text, wanted) => {
    const typed = readTyped(text, { homeRegion: 'VN', regions: ['VN'] });
    expect(typed.kind === 'number' ? typed.number : typed.kind).toBe(wanted);
  });
});

describe('a text selected or typed', () => {
  const open = { homeRegion: 'VN', regions: ['VN', 'SG'] };
  it.each([
    ['0912 345 678', '+84912345678', '+84912345678'],
    ['6123 4567', '+6561234567', '+6561234567'],
    ['gọi 6123 4567 nhé', '+6561234567', '+6561234567'],
    // Spreadsheets drop the leading zero.
    ['912345678', '+84912345678', '+84912345678'],
    ['Chị Lan 912345678', 'none', '+84912345678'],
    ['0912345678 / 0987001122', 'several', 'several'],
    ['20/11/2023', 'none', 'none'],
    ['Lan', 'none', 'none'],
    [' ', 'empty', 'empty'],
  ])('%o is called as %s, and as %s once it was shown', (text, selected, typed) => {
    const read = [readSelected(text, open), readTyped(text, open)];
    expect(read.map((one) => (one.kind === 'number' ? one.number : one.kind))).toEqual([selected, typed]);
  });

  it('has an extension', () => {
    for (const read of [readSelected, readTyped])
      expect(read('028 3731 2345 máy lẻ 12', open)).toMatchObject({ number: '+842837312345', extension: '12' });
  });
});
