import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';

describe('readTable', () => {
  it.each([
    [
      'tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a first column without a heading',
      '\ta\r\n1\tx',
      [
        ['', 'a'],
        ['1', 'x'],
      ],
    ],
    [
      'a first column without a heading, below empty lines',
      ' \n\t\n\ta\n1\tx',
      [
        ['', 'a'],
        ['1', 'x'],
      ],
    ],
    [
      'a first column without a heading, by commas',
      ',a\n1,x',
      [
        ['', 'a'],
        ['1', 'x'],
      ],
    ],
    ['a byte order mark', '\uFEFF"a, b",c', [['a, b', 'c']]],
    ['a hint at its separator', 'sep=;\r\na,b;c', [['a,b', 'c']]],
    [
      'quotes of a cell that holds a line break',
      'a\tb\n"1\n2"\t3',
      [
        ['a', 'b'],
        ['1\n2', '3'],
      ],
    ],
    [
      'quotes of a cell that holds a tab',
      'a\tb\n"1\t2"\t3',
      [
        ['a', 'b'],
        ['1\t2', '3'],
      ],
    ],
    [
      'quotes around a cell',
      'a\tb\n"1 ""2"""\t3',
      [
        ['a', 'b'],
        ['1 "2"', '3'],
      ],
    ],
    [
      'cells that begin with a quote',
      'a\tb\n1\t"x\n2\t"y\n3\tz"',
      [
        ['a', 'b'],
        ['1', '"x'],
        ['2', '"y'],
        ['3', 'z"'],
      ],
    ],
    [
      'a cell of which a part is quoted',
      'a\tb\n"1" 2\t3',
      [
        ['a', 'b'],
        ['"1" 2', '3'],
      ],
    ],
  ])('reads %s', (_, text, rows) => {
    expect(readTable(text)).toEqual({ rows, tornAt: null });
  });

  it.each([
    ['never closed', 'a,b\n1,2\n3,"4\n5,6', 3],
    ['never closed, in rows of uneven length', 'a\tb\n1\t"2\n3', 2],
    ['closed before its cell ends', 'a,b\n"1" 2,3\n4,5', 2],
  ])('tells the row of a quote that is %s', (_, text, tornAt) => {
    expect(readTable(text)).toEqual({ rows: [], tornAt });
  });
});
