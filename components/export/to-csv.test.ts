import { describe, expect, it } from 'vitest';
import { toCsv } from './to-csv.ts';

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
    ['\t=1', '"\t\'=1"'],
    ['hi;=1+1;x', '"hi;\'=1+1;x"'],
    ['hi\n=1+1', '"hi\n\'=1+1"'],
    ['+84912345678;-5', '"+84912345678;-5"'],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['', ''],
  ])('writes %o as %s', (cell, text) => {
    expect(toCsv([[cell, 'x']])).toBe(`${text},x\r\n`);
  });

  it('ends each row', () => {
    expect(toCsv([['ế'], ['b']])).toBe('ế\r\nb\r\n');
  });
});
