import { accept, type Checked, refuse } from './api-problem.ts';

/** Parameters of the call list in the order of the document's table (section 1.2). */
export const historiesParameters = ['created_from', 'created_to', 'limit', 'page'] as const;

export interface HistoriesQuery {
  /** Epoch milliseconds, both inclusive. */
  from: number;
  to: number;
  limit: number;
  /** Counted from 1. */
  page: number;
}

const maxSpanMs = 31 * 24 * 60 * 60 * 1000;
const maxLimit = 100;
const defaultLimit = 20;

/**
 * Reads the parameters of section 1.2: ISO 8601 UTC dates with milliseconds within the last 31 days, limit 1 to 100 (default 20),
 * page from 1 (default 1). The document gives defaults for limit and page only, so both dates are required.
 */
export function parseHistoriesQuery(sent: ReadonlyMap<string, string>, now: number): Checked<HistoriesQuery> {
  const from = isoTime(sent.get('created_from'));
  if (from === undefined) return refuse('INVALID_PARAMETER', 'created_from is not an ISO 8601 UTC date with milliseconds.');
  const to = isoTime(sent.get('created_to'));
  if (to === undefined) return refuse('INVALID_PARAMETER', 'created_to is not an ISO 8601 UTC date with milliseconds.');
  if (to < from) return refuse('INVALID_PARAMETER', 'created_to is before created_from.');
  if (to - from > maxSpanMs) return refuse('INVALID_PARAMETER', 'The dates are more than 31 days apart.');
  if (from < now - maxSpanMs) return refuse('INVALID_PARAMETER', 'created_from is more than 31 days ago.');
  const limit = wholeNumber(sent.get('limit'), defaultLimit);
  if (limit === undefined || limit > maxLimit) return refuse('INVALID_PARAMETER', 'limit is not a number from 1 to 100.');
  const page = wholeNumber(sent.get('page'), 1);
  if (page === undefined) return refuse('INVALID_PARAMETER', 'page is not a number from 1.');
  return accept({ from, to, limit, page });
}

function isoTime(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return undefined;
  const time = Date.parse(text);
  // Date.parse turns 30 February into a day in March; the date is invalid.
  return Number.isNaN(time) || new Date(time).toISOString() !== text ? undefined : time;
}

function wholeNumber(text: string | undefined, fallback: number): number | undefined {
  if (text === undefined) return fallback;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
