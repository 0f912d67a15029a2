import { describe, expect, it } from 'vitest';
import { hashCode, mintCode, readCode } from './enrolment-code.ts';

describe('an enrolment code', () => {
  it('is 50 random bits in two groups', () => {
    expect(
      Array.from({ length: 200 }, () => mintCode()).every((code) => /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/.test(code)),
    ).toBe(true);
    let next = 0;
    expect(mintCode((below) => next++ % below)).toBe('01234-56789');
  });

  it.each([
    ['0O1IL-abcde', '00111ABCDE'],
    [' 9qgwp kb0ka ', '9QGWPKB0KA'],
    ['9-q-g-w-p-k-b-0-k-a', '9QGWPKB0KA'],
    ['9QGWPKB0K', null],
    ['9QGWPKB0KAA', null],
    ['9QGWPKB0KU', null],
    ['9QGWPKB0K!', null],
    ['', null],
  ])('typed as “%s” is %s', (typed, code) => {
    expect(readCode(typed)).toBe(code);
  });

  it('is stored as a hash that needs the key', () => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(hashCode(one, '9QGWP-KB0KA')).toBe(hashCode(one, '9qgwp kbOka'));
    expect(hashCode(one, '9QGWP-KB0KA')).not.toBe(hashCode(other, '9QGWP-KB0KA'));
    expect(hashCode(one, 'no code')).toBeNull();
  });
});
