import { describe, expect, it } from 'vitest';
import { readExpiry } from './read-expiry.ts';

const now = Date.UTC(2024, 8, 23, 8);

describe('readExpiry', () => {
  it.each([
    ['seconds from now', 3600, now + 3_600_000],
    ['zero seconds', 0, now],
    ['epoch seconds', 1_727_082_000, 1_727_082_000_000],
    ['epoch milliseconds', 1_727_082_000_500, 1_727_082_000_500],
    ['digits in a string', '1727082000', 1_727_082_000_000],
    ['an ISO date', '2024-09-23T09:00:00.000Z', Date.UTC(2024, 8, 23, 9)],
    ['an ISO date with an offset', '2024-09-23T16:00:00+07:00', Date.UTC(2024, 8, 23, 9)],
    ['a date of no zone, as Vietnamese time', '2024-09-23T16:00:00', Date.UTC(2024, 8, 23, 9)],
    ['a date of no zone, as UTC where Vietnamese time is over', '2024-09-23T09:00:00.000', Date.UTC(2024, 8, 23, 9)],
    ['a date of no zone that is over in both', '2024-09-23T07:00', Date.UTC(2024, 8, 23, 7)],
    ['a space for the T, as Vietnamese time', '2024-09-23 16:00:00', Date.UTC(2024, 8, 23, 9)],
    ['a space for the T, as UTC where Vietnamese time is over', '2024-09-23 09:00:00', Date.UTC(2024, 8, 23, 9)],
    ['spaces before the time and the offset', '2024-09-23 16:00:00 +0700', Date.UTC(2024, 8, 23, 9)],
    ['spaces before the time and around', ' 2024-09-23 09:00:00Z ', Date.UTC(2024, 8, 23, 9)],
    ['a day alone', '2024-09-23', null],
    ['a date of no zone that is none', '2024-09-23T77:00', null],
    ['a word', 'soon', null],
    ['nothing', undefined, null],
    ['null', null, null],
    ['a negative number', -5, null],
    ['an object', {}, null],
  ])('%s', (_name, expire, expected) => expect(readExpiry(expire, now)).toBe(expected));
});
