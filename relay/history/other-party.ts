import type { RelayConfig } from '../config.ts';
import type { HistoryTable } from '../store/tables.ts';
import { directionOf } from './disposition.ts';
import { undialled } from './mirrored-call.ts';
import { readNumber } from './read-number.ts';

/** The other party of a company's call: E.164 or service digits, or as AntBuddy sent it. */
export function otherParty(call: HistoryTable, config: RelayConfig): string {
  const other = directionOf(call) === 'inbound' ? call.caller_number : undialled(call.callee_number, config.homeRegion, config);
  return readNumber(other, config.homeRegion).number ?? other;
}
