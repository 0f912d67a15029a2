import { describe, expect, it } from 'vitest';
import { seal, unseal } from './seal.ts';

const key = Buffer.alloc(32, 1);
const place = { table: 'agents', column: 'sip_password', row: 'a' };
const sealed = seal(key, place, 'pässword');
const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

describe('a sealed value', () => {
  it('opens in its place with its key', () => {
    expect(unseal(key, place, sealed)).toBe('pässword');
  });

  it('is never the same twice and holds nothing of the text', () => {
    expect(seal(key, place, 'pässword')).not.toBe(sealed);
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('ssword');
  });

  it.each([
    ['in another row', key, { ...place, row: 'b' }, sealed],
    ['in another column', key, { ...place, column: 'username' }, sealed],
    ['in another table', key, { ...place, table: 'devices' }, sealed],
    ['with another key', Buffer.alloc(32, 2), place, sealed],
    ['said to be of another key', key, place, sealed.replace(/\.\w{8}\./, '.00000000.')],
    ['with another nonce', key, place, flip(sealed, 14)],
    ['with another text', key, place, flip(sealed, 30)],
    ['with another tag', key, place, flip(sealed, sealed.length - 4)],
    ['cut short', key, place, sealed.slice(0, -8)],
    ['that is none', key, place, 'plain'],
    ['that is empty', key, place, ''],
  ])('does not open %s', (_what, withKey, inPlace, value) => {
    expect(() => unseal(withKey, inPlace, value)).toThrow();
  });
});
