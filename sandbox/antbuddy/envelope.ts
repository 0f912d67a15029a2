import type { CallRecord } from './call-record.ts';

/**
 * What stands around the records; the document does not say (reading note 4). `bare` to `nested` are plausible, the rest are
 * shapes that a client has to refuse.
 */
export const envelopes = ['bare', 'data', 'histories', 'nested', 'too-deep', 'two-lists', 'no-list', 'malformed'] as const;
export type Envelope = (typeof envelopes)[number];

/** What stands where there are no calls, in any envelope but `bare`: an empty list, null, or nothing. */
export const emptyLists = ['array', 'null', 'absent'] as const;
export type EmptyList = (typeof emptyLists)[number];

/** Whether records have the names of section 1.3, or the time another: then no client can read them. */
export const recordFields = ['document', 'renamed'] as const;
export type RecordFields = (typeof recordFields)[number];

type Rows = object[] | null | undefined;

const makers: Record<Exclude<Envelope, 'malformed' | 'no-list'>, (rows: Rows) => unknown> = {
  bare: (rows) => rows,
  data: (rows) => ({ success: true, data: rows }),
  histories: (rows) => ({ histories: rows }),
  nested: (rows) => ({ success: true, data: { page: 1, records: rows } }),
  'too-deep': (rows) => ({ success: true, result: { data: { page: { items: rows } } }, errors: [] }),
  'two-lists': (rows) => ({ inbound: rows, outbound: rows, errors: [] }),
};

export interface Wrapping {
  envelope: Envelope;
  emptyList: EmptyList;
  recordFields: RecordFields;
}

/** The body of the call list's answer, as text: `malformed` is JSON cut off in the middle. */
export function wrapRecords(records: CallRecord[], { envelope, emptyList, recordFields }: Wrapping): string {
  if (envelope === 'no-list') return JSON.stringify({ success: true, total: records.length });
  const rows = recordFields === 'document' ? records : records.map(renamed);
  if (envelope === 'malformed') {
    const text = JSON.stringify(makers.data(rows));
    return text.slice(0, Math.ceil(text.length / 2));
  }
  const isLeftOut = rows.length === 0 && envelope !== 'bare' && emptyList !== 'array';
  return JSON.stringify(makers[envelope](isLeftOut ? (emptyList === 'null' ? null : undefined) : rows));
}

function renamed({ unix_timestamp, ...rest }: CallRecord) {
  return { ...rest, created_at: unix_timestamp };
}
