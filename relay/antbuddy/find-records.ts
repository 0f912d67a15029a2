import { RelayError } from '../http/relay-error.ts';
import { isJsonObject } from './json-object.ts';

/** Error cause for an answer that AntBuddy accepted the request for but whose shape is not understood. */
export const unknownShape = 'no single array of records';
/** Deepest nesting of the records in envelope objects, which the document does not describe. */
const deepest = 2;

/**
 * Finds the records in an answer of the histories: a bare array, or the only array of objects at most two levels deep; among
 * several candidates, the one that holds calls. Returns an empty list only if every candidate array is empty, or if the answer
 * has `success: true` and no array at all. Throws `upstream_malformed` for anything else, so that existing calls are never
 * reported as absent.
 */
export function findRecords(answer: unknown): unknown[] {
  const arrays = arraysIn(answer);
  const rivals = arrays.filter(({ items }) => items.length === 0 || items.some((item) => typeof item === 'object' && item));
  const filled = rivals.filter(({ items, depth }) => depth <= deepest && items.some(isJsonObject)).map(({ items }) => items);
  const ofCalls = rivals.length > 1 ? filled.filter((items) => items.some(isCall)) : filled;
  if (ofCalls.length === 1) return ofCalls[0] as unknown[];
  const isEmpty = rivals.length > 0 && rivals.every(({ items, depth }) => depth <= deepest && items.length === 0);
  if (isEmpty || (arrays.length === 0 && saysNone(answer))) return [];
  throw new RelayError('upstream_malformed', { cause: unknownShape });
}

/** Every array that is not inside another array, with the number of objects around it. */
function arraysIn(answer: unknown): { items: unknown[]; depth: number }[] {
  const found: { items: unknown[]; depth: number }[] = [];
  let level = [answer];
  // Breadth first instead of recursive: an answer may be nested deeper than the call stack allows.
  for (let depth = 0; level.length > 0; depth += 1) {
    for (const value of level) if (Array.isArray(value)) found.push({ items: value, depth });
    level = level.filter(isJsonObject).flatMap((fields) => Object.values(fields));
  }
  return found;
}

/**
 * Whether a successful answer has no list because there are no records: nothing in it counts any or says anything but success,
 * and it is too flat to hold a record.
 */
function saysNone(answer: unknown): boolean {
  if (!isJsonObject(answer) || answer.success !== true || Number(answer.status) >= 400) return false;
  const inner = Object.values(answer).filter(isJsonObject);
  if (inner.some((fields) => Object.values(fields).some(isJsonObject))) return false;
  return [answer, ...inner].every((fields) => !Object.entries(fields).some(counts) && isFine(fields.message));
}

const countName = /^(?:total|count)$|^(?:total|record)_?(?:records?|counts?|items|calls)$/i;
const counts = ([name, value]: [string, unknown]) => countName.test(name) && Number(value) > 0;
const fine = /^\s*(?:ok|success(?:ful(?:ly)?)?|thành công|no (?:data|records?))(?!\p{L})/iu;
const isFine = (message: unknown) => !message || (typeof message === 'string' && fine.test(message.normalize('NFC')));

function isCall(item: unknown): boolean {
  return isJsonObject(item) && 'caller' in item && 'callee' in item;
}
