import * as v from 'valibot';
import { SentText } from './sent-text.ts';

const Word = v.fallback(SentText(120), '');
const Optional = (max: number) =>
  v.fallback(
    v.pipe(
      v.nullish(SentText(max), null),
      v.transform((text) => text || null),
    ),
    null,
  );
const Numeric = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.trim(), v.regex(/^\d+(\.\d+)?$/), v.transform(Number))]),
  v.finite(),
  v.minValue(0),
);
const Seconds = v.fallback(
  v.pipe(
    Numeric,
    v.transform((seconds) => Math.min(Math.floor(seconds), 2 ** 31 - 1)),
  ),
  0,
);
/** Unix seconds; milliseconds and ISO dates are accepted too. Only times between 2000 and 2100 are valid. */
const Moment = v.pipe(
  v.union([Numeric, v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse))]),
  v.transform((time) => Math.round(time < 1e11 ? time * 1000 : time)),
  v.minValue(Date.UTC(2000)),
  v.maxValue(Date.UTC(2100)),
);

const PartySchema = v.pipe(
  v.custom<unknown>((value) => !Array.isArray(value), 'not a party'),
  v.union([SentText(120), v.object({ number: Word, type: Word, username: Optional(120) })]),
  v.transform((party) => (typeof party === 'string' ? { number: party, type: '', username: null } : party)),
);
export type CallParty = v.InferOutput<typeof PartySchema>;

/**
 * One record of the histories (section 1.3). Only caller, callee and time must be readable; any other field that is missing, null
 * or of another type is read as absent, and undocumented fields are dropped.
 */
export const CallRecordSchema = v.pipe(
  v.object({
    caller: PartySchema,
    callee: PartySchema,
    class: Word,
    did_number: Optional(120),
    direction: Word,
    status_detail: Word,
    duration_seconds: Seconds,
    unix_timestamp: Moment,
    billing_seconds: Seconds,
    recording: Optional(500),
  }),
  v.transform(({ unix_timestamp: startedAt, ...record }) => ({ ...record, startedAt })),
);
export type CallRecord = v.InferOutput<typeof CallRecordSchema>;

/** Reads one record, or names the first field that makes it unreadable. */
export function readCallRecord(record: unknown): { call: CallRecord; field: null } | { call: null; field: string } {
  const result = v.safeParse(CallRecordSchema, record, { abortEarly: true });
  if (result.success) return { call: result.output, field: null };
  return { call: null, field: v.getDotPath(result.issues[0]) ?? 'record' };
}
