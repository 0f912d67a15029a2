import { describe, expect, it } from 'vitest';
import { timesInText, withTime } from './times-in-text.ts';

describe('timesInText', () => {
  it.each([
    ['a time and its words', '0:42 price agreed', 100, [[42, '0:42', 'price agreed']]],
    [
      'several on their lines',
      '0:05 hello\n1:10 asks for a discount',
      100,
      [
        [5, '0:05', 'hello'],
        [70, '1:10', 'asks for a discount'],
      ],
    ],
    ['no time of the day in a sentence', 'gọi lại lúc 9:15\nhẹn 0:42', 1000, []],
    ['the first of a line alone', '0:05 hello, then 0:09 bye', 100, [[5, '0:05', 'hello, then 0:09 bye']]],
    ['hours', '1:02:03 end', 4000, [[3723, '1:02:03', 'end']]],
    ['nothing beyond the recording', '14:30 call back', 100, []],
    ['no part of a longer figure', '10:20:30:40\n0:123', 100_000, []],
    ['nothing while the length is unknown', '0:42 price', 0, []],
  ] as const)('finds %s', (_, text, duration, found) => {
    expect(timesInText(text, duration).map(({ seconds, label, words }) => [seconds, label, words])).toEqual(found);
  });
});

it.each([
  ['', '0:42 '],
  ['wants a price', 'wants a price\n0:42 '],
  ['wants a price\n\n', 'wants a price\n0:42 '],
])('adds a time to %j', (before, after) => {
  expect(withTime(before, '0:42')).toBe(after);
});
