import type { CallRecord, StatusDetail, UserParty } from './call-record.ts';
import { createRandom, integer, mix, pick, pickWeighted, type Random } from './random.ts';
import { indexOfRecording, recordingName } from './recording-name.ts';
import { seededTimes } from './seeded-times.ts';
import { customerNumber, mobileNumber } from './vietnamese-numbers.ts';

export interface SeedOptions {
  calls: number;
  /** People in the company; devices come first, others are made up. Default: the devices, at least 5. */
  agents?: number;
  /** Days before the start that the calls are spread over. Default 60. */
  days?: number;
  /** Another number gives another history. Default 1. */
  seed?: number;
}

/** Calls that exist from the start, oldest first. A row is computed from its index when asked for; only times are kept. */
export interface SeededHistory {
  size: number;
  timeAt(index: number): number;
  recordAt(index: number): CallRecord;
  findByRecording(name: string): CallRecord | undefined;
}

const outboundOutcomes: [StatusDetail, number][] = [
  ['SUCCESS', 62],
  ['CANCELLED', 16],
  ['BUSY', 9],
  ['IVR', 9],
  ['ERROR', 4],
];
const inboundOutcomes: [StatusDetail, number][] = [
  ['SUCCESS', 72],
  ['IVR', 17],
  ['CANCELLED', 7],
  ['BUSY', 3],
  ['ERROR', 1],
];
/** No seeded call starts so late that it would still be going on. */
const quietSeconds = 30 * 60;

/** @param untilMs epoch milliseconds of the history's end, usually the start of the server */
export function createSeededHistory(
  { calls, days = 60, seed = 1, agents }: SeedOptions,
  devices: readonly UserParty[],
  didNumbers: readonly string[],
  untilMs: number,
): SeededHistory {
  const times = seededTimes(calls, days, Math.floor(untilMs / 1000) - quietSeconds, seed);
  const people = company(devices, agents ?? Math.max(5, devices.length));
  const customers = Math.max(40, Math.ceil(calls / 8));

  function recordAt(index: number): CallRecord {
    const random = createRandom(mix(seed, index));
    const time = times[index] ?? 0;
    // Two internal calls of one pair within one second could not be told apart by any field.
    const mayBeInternal = people.length > 1 && times[index - 1] !== time;
    if (random() < 0.06 && mayBeInternal) return internalCall(random, people, index, time, seed);
    const customer = integer(random, 0, customers - 1);
    const agent = pick(random, people);
    if (random() < 0.6) {
      const callee = { number: customerNumber(createRandom(mix(seed, customer, 5))), type: 'realnumber' as const };
      const ended = ending(random, pickWeighted(random, outboundOutcomes), index, seed);
      return { caller: agent, callee, class: 'trunking', did_number: null, direction: 'from_ab', unix_timestamp: time, ...ended };
    }
    const did_number = pick(random, didNumbers);
    const number = mobileNumber(createRandom(mix(seed, customer, 6)));
    const ended = ending(random, pickWeighted(random, inboundOutcomes), index, seed);
    // Some callers give up before it rings at any agent's: the call is then the company's number's own.
    const isNobodys = ended.status_detail === 'IVR' && random() < 0.3;
    const callee = isNobodys ? { number: did_number, type: 'realnumber' as const } : agent;
    const caller = { number, type: 'realnumber' as const };
    return { caller, callee, class: 'trunking', did_number, direction: 'to_ab', unix_timestamp: time, ...ended };
  }

  return {
    size: calls,
    timeAt: (index) => times[index] ?? 0,
    recordAt,
    findByRecording(name) {
      const index = indexOfRecording(name);
      if (index === undefined || index < 0 || index >= calls) return undefined;
      const record = recordAt(index);
      return record.recording === name ? record : undefined;
    },
  };
}

function internalCall(random: Random, people: readonly UserParty[], index: number, time: number, seed: number): CallRecord {
  const caller = pick(random, people);
  const callee = pick(
    random,
    people.filter((person) => person !== caller),
  );
  const ended = ending(random, pickWeighted(random, outboundOutcomes), index, seed);
  return { caller, callee, class: 'one_one', did_number: null, direction: 'from_ab', unix_timestamp: time, ...ended };
}

function ending(random: Random, status: StatusDetail, index: number, seed: number) {
  const answered = status === 'SUCCESS';
  const rang = status === 'ERROR' ? integer(random, 0, 3) : integer(random, 3, 32);
  const talked = answered ? Math.round(8 + 600 * random() ** 3) : 0;
  return {
    status_detail: status,
    duration_seconds: rang + talked,
    billing_seconds: talked,
    recording: answered && random() < 0.97 ? recordingName(seed, index) : '',
  };
}

const givenNames = [
  'an',
  'binh',
  'chau',
  'dung',
  'giang',
  'ha',
  'hieu',
  'huong',
  'khanh',
  'lan',
  'linh',
  'mai',
  'nam',
  'phuc',
  'quynh',
  'son',
];
const familyNames = ['nguyen', 'tran', 'le', 'pham', 'hoang', 'vu', 'dang', 'bui', 'do', 'ho'];

function company(devices: readonly UserParty[], size: number): UserParty[] {
  const made = Array.from({ length: Math.max(0, size - devices.length) }, (_, index): UserParty => {
    const username = `${givenNames[index % 16]}${familyNames[Math.floor(index / 16) % 10]}${index < 160 ? '' : index}`;
    return { number: `${username}ext${200 + index}`, type: 'user', username };
  });
  return [...devices, ...made];
}
