import { describe, expect, it } from 'vitest';
import { samplePolicy } from '../testing/samples.ts';
import { rebaseFields } from './rebase-fields.ts';

const policy = samplePolicy();

describe('rebaseFields', () => {
  it.each([
    ['takes what was not touched', {}, { historyDays: 90 }, { historyDays: 90 }, []],
    ['keeps what was typed', { historyDays: 60 }, { countries: ['VN', 'LA'] }, { historyDays: 60, countries: ['VN', 'LA'] }, []],
    ['names what both changed', { historyDays: 60 }, { historyDays: 90 }, { historyDays: 60 }, ['historyDays']],
    ['is quiet where both did the same', { historyDays: 90 }, { historyDays: 90 }, { historyDays: 90 }, []],
  ])('%s', (_, typed, newer, result, both) => {
    expect(rebaseFields({ ...policy, ...typed }, policy, { ...policy, ...newer })).toEqual({
      draft: { ...policy, ...result },
      both,
    });
  });
});
