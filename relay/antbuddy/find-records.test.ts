import { describe, expect, it } from 'vitest';
import { findRecords } from './find-records.ts';

const records = [{ direction: 'from_ab' }, { direction: 'to_ab' }];

describe('findRecords', () => {
  it.each([
    ['a bare array', records, records],
    ['data', { data: records }, records],
    ['histories beside numbers', { total: 2, page: 1, histories: records }, records],
    ['two levels', { success: true, data: { items: records, total: 2 } }, records],
    ['beside an array of words', { fields: ['a', 'b'], results: records }, records],
    ['beside an empty array', { errors: [], results: records }, records],
    ['an empty page', { data: [] }, []],
    ['an empty bare array', [], []],
    ['two empty arrays', { data: [], errors: [] }, []],
    ['one stray null', [null, ...records], [null, ...records]],
  ])('reads %s', (_name, answer, expected) => expect(findRecords(answer)).toEqual(expected));

  it.each([
    ['two arrays of records', { a: records, b: records }],
    ['three levels', { a: { b: { c: records } } }],
    ['an object without arrays', { success: true }],
    ['only words', { data: ['a'] }],
    ['nothing', undefined],
    ['null', null],
    ['a word', 'records'],
    ['a number', 7],
  ])('refuses %s', (_name, answer) =>
    expect(() => findRecords(answer)).toThrow(expect.objectContaining({ code: 'upstream_malformed' })),
  );
});
