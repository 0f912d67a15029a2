import type { Selectable } from 'kysely';
import { type Call, type ErrorCode, errorTable } from '../contract.ts';
import { RelayError } from '../http/relay-error.ts';
import type { CallsTable } from '../store/tables.ts';

export type CallRow = Selectable<CallsTable>;

/** Status and JSON text exactly as sent. */
export interface CallAnswer {
  status: number;
  body: string;
}

/** The call of a row, with the outcome of `earlier` if the click was folded into it. A refused call is reported as not sent. */
export function callOf(row: CallRow, earlier: CallRow = row): Call {
  const code = earlier.reason_code as ErrorCode | null;
  return {
    key: row.key,
    number: row.number,
    state: earlier.state === 'refused' || earlier.state === 'folded' ? 'not_sent' : earlier.state,
    reason: code && { code, message: errorTable[code][1] },
    createdAt: row.created_at,
    settledAt: earlier.settled_at,
    sameAs: row.same_as,
    sipUser: earlier.sip_user,
  };
}

/** The answer of POST /v1/calls for a row that has no stored answer yet. */
export function answerOf(row: CallRow, earlier?: CallRow): CallAnswer {
  if (row.state === 'refused') return refusalAnswer(row.reason_code as ErrorCode);
  if (row.state === 'dispatching') return refusalAnswer('call_in_progress');
  return { status: 201, body: JSON.stringify(callOf(row, earlier)) };
}

export function refusalAnswer(code: ErrorCode): CallAnswer {
  const { status, body } = new RelayError(code);
  return { status, body: JSON.stringify(body) };
}
