import { describe, expect, it } from 'vitest';
import { renumberedPrefixes } from '../../utils/phone/renumbered-mobiles.ts';
import { readNumber } from './read-number.ts';

describe('readNumber', () => {
  it.each([
    ['0912345678', '+84912345678', '0912345678'],
    ['84912345678', '+84912345678', '0912345678'],
    ['+84 912 345 678', '+84912345678', '0912345678'],
    ['0084912345678', '+84912345678', '0912345678'],
    ['01693608879', '+84393608879', '0393608879'],
    ['841693608879', '+84393608879', '0393608879'],
    ['02873019555', '+842873019555', '02873019555'],
    ['006591234567', '+6591234567', '91234567'],
    // Foreign numbers in ranges that the metadata does not list as assigned.
    ['0085290000000', '+85290000000', '90000000'],
    ['+6590000000', '+6590000000', '90000000'],
    ['0014085550199', '+14085550199', '4085550199'],
    ['008190123', null, null],
    ['00999123456789', null, null],
    ['0084123', null, null],
    ['00849123456789', null, null],
    ['sip:0912345678@pbx.example', '+84912345678', '0912345678'],
    ['1001', null, null],
    ['thutranhtkbee', null, null],
    ['device0912345678', null, null],
    ['19001234', '19001234', '19001234'],
    ['18001234', '18001234', '18001234'],
    ['8419001234', '19001234', '19001234'],
    ['anonymous', null, null],
    ['', null, null],
  ])('%s', (sent, number, national) => expect(readNumber(sent, 'VN')).toMatchObject({ number, national }));

  it.each(Object.entries(renumberedPrefixes))('0%s became 0%s', (before, after) => {
    expect(readNumber(`0${before}3456789`, 'VN').number).toBe(`+84${after}3456789`);
  });

  it('knows the renumbering of Vietnam only at home', () =>
    expect(readNumber('01693608879', 'DE').number).not.toBe('+84393608879'));
});
