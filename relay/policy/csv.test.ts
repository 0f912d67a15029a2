import { expect, it } from 'vitest';
import { formatCsv, parseCsv } from './csv.ts';

const rowsOf = (text: string) => [...parseCsv(text)].map(({ cells }) => cells);

it.each([
  ['nothing', '', [['']]],
  [
    'rows with and without a last line break',
    'a,b\nc;d\r\ne\tf',
    [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ],
  ],
  ['empty cells and lines', ',a,\n\nb\n', [['', 'a', ''], [''], ['b'], ['']]],
  ['the mark of a spreadsheet', '\uFEFF"a",b', [['a', 'b']]],
  [
    'quoted cells',
    '"a;b","c ""d""",""\n"e\r\nf",g',
    [
      ['a;b', 'c "d"', ''],
      ['e\r\nf', 'g'],
    ],
  ],
  ['quoted cells between blanks', 'a, "b,c" ,d', [['a', 'b,c', 'd']]],
  ['an inch mark', 'Ống 5",0912345678\nỐng 6",0987654321\n', [['Ống 5"', '0912345678'], ['Ống 6"', '0987654321'], ['']]],
  ['a quote with more behind it', '"Ống" 5,b\n"a""b"c', [['"Ống" 5', 'b'], ['"a""b"c']]],
  ['a quote that nothing closes', '"a,b\nc', [['"a', 'b'], ['c']]],
])('parseCsv reads %s', (_, text, rows) => expect(rowsOf(text)).toEqual(rows));

it('parseCsv tells the lines of each row', () => {
  const rows = [...parseCsv('a\n"b\r\nc\n",d\n\n"e\rf"\r\ng')].map(({ line, end }) => [line, end]);
  expect(rows).toEqual([
    [1, 1],
    [2, 4],
    [5, 5],
    [6, 7],
    [8, 8],
  ]);
});

it('parseCsv gives rows before it has read them all', () => {
  const { value } = parseCsv('a\n'.repeat(1_000_000)).next();
  expect(value).toEqual({ cells: ['a'], line: 1, end: 1 });
});

it.each([
  ['a formula', '=1+1', "'=1+1"],
  ['signs', '-x', "'-x"],
  ['numbers', '+84912345678', '+84912345678'],
  ['a host name', 'crm-1.example', 'crm-1.example'],
  ['a mail address', 'an@crm.example', 'an@crm.example'],
  ['formulas behind blanks', '\t =1', '"\t \'=1"'],
  ['formulas behind another separator', "x;=cmd|' /C calc'!A0;y", "\"x;'=cmd|' /C calc'!A0;y\""],
  ['formulas on lines of their own', 'x\n@a\r\n+b', '"x\n\'@a\r\n\'+b"'],
  ['formulas in quotes behind a separator', 'x; "=1"', '"x; ""\'=1"""'],
  ['numbers behind a separator', 'x;-1;+2-3', '"x;-1;\'+2-3"'],
  ['signs inside a text', 'a=b, c-d; 1-2', '"a=b, c-d; 1-2"'],
])('formatCsv writes %s', (_, text, written) => expect(formatCsv([[text]])).toBe(`${written}\r\n`));
