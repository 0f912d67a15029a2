import { expect, it } from 'vitest';
import { searchPatterns } from './search-patterns.ts';

it.each([
  ['0912–345–678', ['%0912345678%', '%84912345678%']],
  ['912\u2011345', ['%912345%']],
  ['０９１２ 345', ['%0912345%']],
  ['tel:+84912345678', ['%84912345678%', '%tel:+84912345678%']],
  ["'0912", ['%0912%']],
  ['\u202a0912\u202c', ['%0912%']],
  ['O2', ['%02%', '%o2%']],
  ['2 tấn', ['%2 tan%']],
  ["o'neil", ["%o'neil%"]],
  ['tel:', ['%tel:%']],
  ['+', ['%+%']],
  [' ', []],
])('%s is searched by %j', (typed, patterns) => expect(searchPatterns(typed, 'VN')).toEqual(patterns));
