import type { CallRecord } from './call-record.ts';

/**
 * The envelope around the records, which the document does not describe (reading note 4). `bare` to `nested` are plausible; the
 * others are shapes that a client must refuse.
 */
export const envelopes = ['bare', 'data', 'histories', 'nested', 'too-deep', 'two-lists', 'no-list', 'malformed'] as const;
export type Envelope = (typeof envelopes)[number];

/** What an envelope other than `bare` contains when there are no calls: an empty list, null, or no field. */
export const emptyLists = ['array', 'null', 'absent'] as const;
export type EmptyList = (typeof emptyLists)[number];

/** Whether records use the field names of section 1.3, or another name for the time, with which no client can read them. */
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

interface Wrapping {
  envelope: Envelope;
  emptyList: EmptyList;
  recordFields: RecordFields;
}

/** The body of the call list's answer as text; `malformed` is truncated JSON. */
export function wrapRecords(records: CallRecord[], { envelope, emptyList, recordFields }: Wrapping): string {
  if (envelope === 'no-list') return JSON.stringify({ success: true, total: records.length });
  const rows = recordFields === 'document' ? records : records.map(renamed);
  if (envelope === 'malformed') {
    const text = JSON.stringify(makers.data(rows));
    return text.slice(0, Math.ceil(text.length / 2));
  }
  const isBlank = rows.length === 0 && envelope !== 'bare';
  return JSON.stringify(makers[envelope](isBlank ? blanks[emptyList] : rows));
}

const blanks: Record<EmptyList, Rows> = { array: [], null: null, absent: undefined };

function renamed({ unix_timestamp, ...rest }: CallRecord) {
  return { ...rest, created_at: unix_timestamp };
}
