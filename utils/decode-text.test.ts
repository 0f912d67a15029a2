import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const text = 'Họ tên;Máy lẻ\r\nNguyễn Thị Hường;101\r\nĐặng Quốc Bảo;102\r\n';
const utf16 = (value: string, mark = '\uFEFF') => Buffer.from(mark + value, 'utf16le');
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
/** As Vietnamese Windows encodes it: base letters of one byte, each followed by a byte for its tone. */
const windows1258 = Uint8Array.from([
  ...Buffer.from('H'),
  0x6f, // o
  0xf2, // dot below
  ...Buffer.from(' t'),
  0xea, // ê
  ...Buffer.from('n;Nguy'),
  0xea, // ê
  0xde, // tilde
  ...Buffer.from('n Th'),
  0x69, // i
  0xf2, // dot below
  ...Buffer.from(' H'),
  0xfd, // ư
  0xf5, // ơ
  0xcc, // grave
  ...Buffer.from('ng;'),
  0xd0, // Đ
  0xe3, // ă
  0xf2, // dot below
  ...Buffer.from('ng'),
]);

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from(text), text],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`), text],
    ['UTF-8 with accents of their own', Buffer.from(text.normalize('NFD')), text],
    ['UTF-16, little end first', utf16(text), text],
    ['UTF-16, big end first', swapped(utf16(text)), text],
    ['UTF-16 without its mark', utf16(text, ''), text],
    ['UTF-16 without its mark, big end first', swapped(utf16(text, '')), text],
    ['UTF-16 that was cut within a character', utf16('Hà').subarray(0, 5), 'H\uFFFD'],
    ['the Vietnamese code page', windows1258, 'Họ tên;Nguyễn Thị Hường;Đặng'],
    ['Western letters', Uint8Array.from([0x52, 0x65, 0x6e, 0xe9]), 'René'],
    ['nothing', new Uint8Array(), ''],
    ['a lone zero', Uint8Array.from([0]), '\uFFFD'],
    ['a workbook', Buffer.from('PK\u0003\u0004rest'), null],
    ['an old workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), null],
    // Đ and Ï in the code page: these two bytes alone are not the longer signature of a workbook.
    ['a name of capitals', Uint8Array.from([0xd0, 0xcf]), 'ĐÏ'],
  ])('reads %s', (_, bytes, expected) => {
    expect(decodeText(bytes)).toBe(expected);
  });
});
