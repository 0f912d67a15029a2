import type { CallRecord } from './call-record.ts';

/**
 * What stands around the records; the document does not say (reading note 4). `bare` to `nested` are plausible, the rest are
 * shapes that a client has to refuse.
 */
export const envelopes = ['bare', 'data', 'histories', 'nested', 'too-deep', 'two-lists', 'no-list', 'malformed'] as const;
export type Envelope = (typeof envelopes)[number];

const makers: Record<Exclude<Envelope, 'malformed'>, (rows: CallRecord[]) => unknown> = {
  bare: (rows) => rows,
  data: (rows) => ({ success: true, data: rows }),
  histories: (rows) => ({ histories: rows }),
  nested: (rows) => ({ success: true, data: { page: 1, records: rows } }),
  'too-deep': (rows) => ({ result: { data: { page: { items: rows } } } }),
  'two-lists': (rows) => ({ inbound: rows, outbound: rows }),
  'no-list': (rows) => ({ success: true, total: rows.length }),
};

/** The body of the call list's answer, as text: `malformed` is JSON cut off in the middle. */
export function wrapRecords(rows: CallRecord[], envelope: Envelope): string {
  if (envelope !== 'malformed') return JSON.stringify(makers[envelope](rows));
  const text = JSON.stringify(makers.data(rows));
  return text.slice(0, Math.ceil(text.length / 2));
}
