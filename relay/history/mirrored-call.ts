import { createHash } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { CallParty, CallRecord } from '../antbuddy/call-record.ts';
import type { RelayConfig } from '../config.ts';
import type { HistoryPartiesTable, HistoryTable } from '../store/tables.ts';
import { directionOf, dispositionOf } from './disposition.ts';
import { foldText } from './fold-text.ts';
import { partyKeys } from './party-key.ts';
import { readNumber } from './read-number.ts';

/** This text is part of PostgreSQL's index entries, which hold at most 2,704 bytes. */
const longestSearch = 400;

export interface MirroredCall {
  call: Insertable<HistoryTable>;
  parties: Insertable<HistoryPartiesTable>[];
}

export type Prefixes = Pick<RelayConfig, 'dialPrefix' | 'internationalPrefix'>;
export const usualPrefixes: Prefixes = { dialPrefix: '', internationalPrefix: '00' };

/** The rows for one record of the histories. `now` is when it was read; `prefixes` are those that numbers are dialled with. */
export function mirroredCall(record: CallRecord, homeRegion: string, now: number, prefixes = usualPrefixes): MirroredCall {
  const { caller, callee } = record;
  const id = callId(record);
  const call = {
    id,
    started_at: record.startedAt,
    direction: record.direction,
    class: record.class,
    did_number: record.did_number,
    status: record.status_detail,
    duration_seconds: record.duration_seconds,
    billing_seconds: record.billing_seconds,
    recording: record.recording,
    caller_type: caller.type,
    caller_number: caller.number,
    caller_username: caller.username,
    callee_type: callee.type,
    callee_number: callee.number,
    callee_username: callee.username,
    first_seen_at: now,
    updated_at: now,
  };
  const dialled = { ...callee, number: undialled(callee.number, homeRegion, prefixes) };
  const sides = [
    isOutsider(record) ? [] : partiesOf(record, id, caller, dialled, false, homeRegion),
    partiesOf(record, id, callee, caller, true, homeRegion),
  ];
  // An agent who calls itself is on both sides; the caller's row stands for both.
  const byParty = new Map(
    sides
      .flat()
      .reverse()
      .map((row) => [row.party, row]),
  );
  return { call, parties: [...byParty.values()] };
}

/** The network sets an inbound caller's number: one that looks like an agent's must not make the call that agent's. */
function isOutsider({ direction, caller }: CallRecord): boolean {
  return direction === 'to_ab' && caller.type.toLowerCase() === 'realnumber';
}

/** The dialled number without this company's dial prefixes: AntBuddy may report it with or without them. */
export function undialled(number: string, homeRegion: string, { dialPrefix, internationalPrefix }: Prefixes): string {
  const after = (prefix: string, text: string) => (text.startsWith(prefix) ? text.slice(prefix.length) : text);
  const isNumber = (text: string) => readNumber(text, homeRegion).number !== null;
  const inner = after(dialPrefix, number);
  const spellings = [inner, `+${after(internationalPrefix, inner)}`, number];
  // A number that is valid in the home region stays as it is, whatever it begins with.
  return spellings.find(isNumber) ?? number;
}

/** AntBuddy gives calls no identity, so the fields that cannot change are hashed. 32 hex digits. */
function callId({ startedAt, caller, callee, direction, did_number }: CallRecord): string {
  const fixed = JSON.stringify([startedAt, caller.number, callee.number, direction, did_number]);
  return createHash('sha256').update(fixed).digest('hex').slice(0, 32);
}

function partiesOf(record: CallRecord, id: string, self: CallParty, peer: CallParty, wasCalled: boolean, homeRegion: string) {
  const { number, national, digits } = readNumber(peer.number, homeRegion);
  const spellings = [peer.number, digits, number?.replace('+', ''), national, peer.username];
  const row = {
    started_at: record.startedAt,
    history_id: id,
    direction: directionOf(record),
    disposition: dispositionOf(record.status_detail, wasCalled),
    recorded: record.recording === null ? (0 as const) : (1 as const),
    status: record.status_detail,
    duration_seconds: record.duration_seconds,
    billing_seconds: record.billing_seconds,
    peer_number: number ?? peer.number,
    peer_name: peer.username,
    search: [...new Set(spellings.map((text) => foldText(text ?? '')))].filter(Boolean).join(' ').slice(0, longestSearch),
  };
  return partyKeys(self, homeRegion).map((party) => ({ party, ...row }));
}
