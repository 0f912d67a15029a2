import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

const read = (bytes: Uint8Array) => new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes);

describe('toCsv', () => {
  it.each([
    ['Nguyễn Thị Lan', 'Nguyễn Thị Lan'],
    [161, '161'],
    [-5, '-5'],
    ['Hoàng Gia, Phát Đạt', '"Hoàng Gia, Phát Đạt"'],
    ['the "big" one', '"the ""big"" one"'],
    ['two\nlines', '"two\nlines"'],
    ['+84912345678', '+84912345678'],
    ['0912 345 678', '0912 345 678'],
    ['=1+1', "'=1+1"],
    ['+84912345678+cmd|x', "'+84912345678+cmd|x"],
    ['+1-800', "'+1-800"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', '"\'\t=1"'],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['', ''],
  ])('writes %o as %s', (cell, text) => {
    expect(read(toCsv([[cell, 'x']]))).toBe(`\uFEFF${text}\tx\r\n`);
  });

  it('says that it is UTF-16 and ends each row', () => {
    expect(toCsv([['ế'], ['b']])).toEqual(new Uint8Array([0xff, 0xfe, 0xbf, 0x1e, 13, 0, 10, 0, 98, 0, 13, 0, 10, 0]));
  });
});

it('lets nothing behind a semicolon become a cell of its own', () => {
  expect(read(toCsv([['x;=HYPERLINK("http://a")', 1]]))).toBe('\uFEFF"x;=HYPERLINK(""http://a"")"\t1\r\n');
});
