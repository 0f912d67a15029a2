import { describe, expect, it } from 'vitest';
import { optionsEn } from '../../utils/i18n/options-en.ts';
import { optionsVi } from '../../utils/i18n/options-vi.ts';
import { createTranslate } from '../../utils/i18n/translate.ts';
import { readInvitation } from './read-invitation.ts';

const relay = 'https://dialside.example.vn';
const invitation = { relayUrl: relay, code: 'ABCDE-12345' };
const messages = [optionsEn, optionsVi].map((words) =>
  createTranslate<Record<string, string>>(words)('code_message', { relay, code: invitation.code }),
);
const wrapped = (text: string, at: string) => text.replaceAll(at, at === '-' ? '-\n> ' : '\n> ');

describe('readInvitation', () => {
  it.each(
    messages.flatMap((text) => [
      ['as it was copied', text],
      ['in a conversation', `Chào em,\r\n\r\n${text}\r\n\r\nAnh Minh, 0912 345 678\r\nhttps://www.example.vn`],
      ['after a signature', `https://zalo.me/0912345678\n${text}`],
      ['quoted, a word a line', `> ${wrapped(text, ' ')}`],
      ['quoted, with the line broken in the code', `> ${wrapped(text, '-')}`],
      ['with the address in angle brackets', text.replace(relay, `<${relay}>`)],
      ['with the address twice', text.replace(relay, `${relay}<${relay}/>`)],
      ['with a non-breaking dash', text.replace(invitation.code, 'ABCDE\u201112345')],
      ['with a long dash', text.replace(invitation.code, 'ABCDE–12345')],
      ['with characters that are not seen', text.replace(relay, `\u200b${relay}\u200b`)],
      ['in small letters', text.replace(invitation.code, 'abcde-12345')],
    ]),
  )('reads the message %s: %s', (_, text) => expect(readInvitation(text)).toEqual(invitation));

  it.each([
    ['a path', `${relay}:8443/dialside/ ABCDE-12345`, { relayUrl: `${relay}:8443/dialside`, code: 'ABCDE-12345' }],
    [
      'what looks like a code in the address',
      `https://abcde-12345.example.vn: FGHJK-67890`,
      {
        relayUrl: 'https://abcde-12345.example.vn',
        code: 'FGHJK-67890',
      },
    ],
    ['the code first', `ABCDE-12345 ${relay}.`, invitation],
  ])('reads %s', (_, text, expected) => expect(readInvitation(text)).toEqual(expected));

  it.each([
    ['a code', 'ABCDE-12345'],
    ['an address', relay],
    ['an address that cannot be one', 'http://dialside.example.vn ABCDE-12345'],
    ['a longer word', `${relay} XABCDE-12345`],
    ['nothing', ''],
  ])('leaves alone %s', (_, text) => expect(readInvitation(text)).toBeNull());
});
