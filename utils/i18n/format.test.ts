import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const zone = 'Asia/Ho_Chi_Minh';
const en = createFormat('en', zone);
const vi = createFormat('vi', zone);
const at = (text: string) => Date.parse(`${text}+07:00`);
const now = at('2026-07-03T14:07:00');

describe('createFormat', () => {
  it.each([
    ['2026-07-03T00:00:00', 'Today', 'Hôm nay'],
    ['2026-07-02T23:59:59', 'Yesterday', 'Hôm qua'],
    ['2026-07-01T09:00:00', 'Wednesday 1 July', 'Thứ Tư, 1 tháng 7'],
    ['2025-12-31T09:00:00', 'Wednesday, 31 December 2025', 'Thứ Tư, 31 tháng 12, 2025'],
  ])('names the day of %s', (time, english, vietnamese) => {
    expect([en.day(at(time), now), vi.day(at(time), now)].map((text) => text.replace(/\s/g, ' '))).toEqual([english, vietnamese]);
  });

  it.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [161, '2:41'],
    [3723, '1:02:03'],
    [-1, '0:00'],
  ])('writes %d seconds as a clock', (seconds, text) => {
    expect(en.clock(seconds)).toBe(text);
  });

  it.each([
    [0, '0 seconds', '0 giây'],
    [161, '2 minutes 41 seconds', '2 phút 41 giây'],
    [3600, '1 hour', '1 giờ'],
  ])('says %d seconds in words', (seconds, english, vietnamese) => {
    expect([en.duration(seconds), vi.duration(seconds)].map((text) => text.replace(/[\s ]/g, ' '))).toEqual([
      english,
      vietnamese,
    ]);
  });

  it.each([
    ['2026-07-03T14:06:30', 'just now', 'vừa xong'],
    ['2026-07-03T13:30:00', '37 minutes ago', '37 phút trước'],
    ['2026-07-03T09:00:00', '5 hours ago', '5 giờ trước'],
    ['2026-07-01T09:00:00', '2 days ago', '2 ngày trước'],
  ])('says how long ago %s was', (time, english, vietnamese) => {
    expect([en.ago(at(time), now), vi.ago(at(time), now)].map((text) => text.replace(/\s/g, ' '))).toEqual([english, vietnamese]);
  });

  it('writes a moment for a spreadsheet and names countries', () => {
    expect(vi.stamp(at('2026-07-03T00:05:09'))).toBe('2026-07-03 00:05:09');
    expect([en.country('VN'), vi.country('US')]).toEqual(['Vietnam', 'Hoa Kỳ']);
  });

  it('writes times of today short and others with their day, in 24 hours', () => {
    expect(en.moment(at('2026-07-03T14:05:00'), now)).toBe('14:05');
    expect(en.moment(at('2026-07-01T00:05:00'), now)).toBe('1 Jul, 00:05');
    expect(en.moment(at('2025-07-01T00:05:00'), now)).toBe('1 Jul 2025, 00:05');
    expect(vi.time(at('2026-07-03T00:05:00'))).toBe('00:05');
  });

  it('takes the day of the reader’s time zone', () => {
    const late = Date.parse('2026-07-02T18:00:00Z');
    expect(vi.dayKey(late)).toBe('2026-07-03');
    expect(createFormat('vi', 'UTC').dayKey(late)).toBe('2026-07-02');
  });
});
