import { describe, expect, it } from 'vitest';
import { findRecords } from './find-records.ts';

const records = [
  { caller: { number: '1001' }, callee: { number: '0912345678' } },
  { caller: null, callee: '1001' },
];
const users = [{ username: 'mailan', number: '1001' }];
const strange = [{ from: '1001', to: '0912345678' }];

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
    ['an empty array beside words', { fields: ['a', 'b'], data: [] }, []],
    ['records of other fields, where they stand alone', { data: strange, fields: ['from', 'to'] }, strange],
    ['calls beside users', { histories: records, users }, records],
    ['calls beside what stands deeper', { histories: records, meta: { more: { of: { users } } } }, records],
    ['no list in a good answer', { success: true, data: null }, []],
    ['a list that a good answer leaves out', { success: true, message: 'OK' }, []],
    ['no list in one that succeeded in Vietnamese', { success: true, message: 'Thành công', data: null }, []],
    ['no list in one that says there is none', { success: true, message: 'No data' }, []],
    ['no list beside its only page', { success: true, data: { list: null, page: 1, totalPages: 1 }, accountId: 5123 }, []],
    ['no list beside its page', { success: true, data: { list: null, page: 1, total: '0' } }, []],
    ['a list that an answer of success leaves out', { success: true, message: 'Success', data: { totalRecords: 0 } }, []],
    ['one stray null', [null, ...records], [null, ...records]],
  ])('reads %s', (_name, answer, expected) => expect(findRecords(answer)).toEqual(expected));

  it.each([
    ['two arrays of records', { a: records, b: records }],
    ['three levels', { a: { b: { c: records } } }],
    ['three levels beside an empty array', { success: true, result: { list: { items: records } }, errors: [] }],
    ['three levels that are empty, beside an empty array', { success: true, result: { list: { items: [] } }, errors: [] }],
    ['an empty array beside users', { histories: [], users }],
    ['records of other fields beside an empty array', { data: strange, errors: [] }],
    ['two arrays of other fields', { data: strange, users }],
    ['records that are arrays', { data: [['1001', '0912345678']] }],
    ['an empty array beside records that are arrays', { errors: [], rows: [['1001', '0912345678']] }],
    ['no list in an answer that says nothing of success', { data: null }],
    ['no list in one that failed', { success: false, data: null }],
    ['no list in one that counts calls', { success: true, total: 3 }],
    ['no list in one that counts calls within', { success: true, data: { list: null, total: '3' } }],
    ['no list in one that counts all', { success: true, data: { list: null, totalRecords: 37 } }],
    ['no list in one that counts beside its page', { success: true, data: { page: 1, total_count: '9' } }],
    ['no list in one that says something else', { success: true, message: 'maintenance' }],
    ['no list in one that says something else within', { success: true, data: { message: 'maintenance' } }],
    ['no list in one with a status of failure', { success: true, status: 404, data: null }],
    ['records by number', { success: true, data: { 0: records[0] } }],
    ['one record alone', { success: true, data: records[0] }],
    ['a nest of objects', JSON.parse(`${'{"a":'.repeat(100_000)}[]${'}'.repeat(100_000)}`)],
    ['an object without arrays', { total: 0 }],
    ['only words', { data: ['a'] }],
    ['nothing', undefined],
    ['null', null],
    ['a word', 'records'],
    ['a number', 7],
  ])('refuses %s', (_name, answer) =>
    expect(() => findRecords(answer)).toThrow(expect.objectContaining({ code: 'upstream_malformed' })),
  );
});
