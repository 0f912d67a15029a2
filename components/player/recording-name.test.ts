import { describe, expect, it } from 'vitest';
import { createFormat } from '../../utils/i18n/format.ts';
import { historyCall } from '../testing/samples.ts';
import { endingOf, recordingName } from './recording-name.ts';

const format = createFormat('vi', 'Asia/Ho_Chi_Minh');

describe('recordingName', () => {
  it.each([
    ['+84912345678', '0912 345 678', '2026-07-03 14.00 0912345678'],
    ['+12025550123', '+1 202-555-0123', '2026-07-03 14.00 +1202-555-0123'],
    ['Lễ tân', 'Lễ tân', '2026-07-03 14.00 Lễ tân'],
    ['../../a:b\\c', '', '2026-07-03 14.00 ....abc'],
    ['Restricted', 'Số bị ẩn', '2026-07-03 14.00 Số bị ẩn'],
    ['***', '***', '2026-07-03 14.00'],
  ])('of a call with %j', (number, national, name) => {
    const call = historyCall(0, { peer: { number, name: null } });
    expect(recordingName(call, national, format)).toBe(name);
  });
});

describe('endingOf', () => {
  it.each([
    [`attachment; filename="2026-03-02 10.00 0912345678.wav"; filename*=UTF-8''2026-03-02%2010.00%200912345678.wav`, 'wav'],
    ['attachment; filename=call.MP3', 'mp3'],
    ['attachment; filename="call"', 'mp3'],
    ['attachment; filename="call.exe.../x"', 'mp3'],
    [null, 'mp3'],
  ])('of %j', (disposition, ending) => expect(endingOf(disposition)).toBe(ending));
});
