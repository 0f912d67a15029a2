import * as v from 'valibot';
import { CallRecordSchema } from '../antbuddy/call-record.ts';
import { mirroredCall } from '../history/mirrored-call.ts';
import { writeCalls } from '../history/write-calls.ts';
import type { TestDeps } from './make-deps.ts';

export const mailan = { number: '1001', type: 'user', username: 'mailan' };
export const quochuy = { number: '1002', type: 'user', username: 'quochuy' };
export const stranger = (number: string) => ({ number, type: 'realnumber' });

/** Records of the histories as AntBuddy sends them: `outbound`, a call by mailan to a number, and `inbound`, one from it. */
export const outbound = (number: string, change: object = {}) => ({
  caller: mailan,
  callee: stranger(number),
  direction: 'from_ab',
  class: 'trunking',
  ...change,
});
export const inbound = (number: string, change: object = {}) => ({
  caller: stranger(number),
  callee: mailan,
  direction: 'to_ab',
  class: 'trunking',
  did_number: '02873019555',
  ...change,
});

/** Puts records into the mirror, the first one now and each other a second earlier unless it has a time. Returns their ids. */
export async function mirrorRecords(deps: TestDeps, ...records: object[]): Promise<string[]> {
  const calls = records.map((record, turn) => {
    const defaults = {
      status_detail: 'SUCCESS',
      duration_seconds: 20,
      billing_seconds: 12,
      unix_timestamp: deps.now() / 1000 - turn,
    };
    return mirroredCall(v.parse(CallRecordSchema, { ...defaults, ...record }), 'VN', deps.now());
  });
  await writeCalls(deps.store, calls);
  return calls.map(({ call }) => call.id);
}
