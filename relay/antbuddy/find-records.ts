import { RelayError } from '../http/relay-error.ts';
import { isJsonObject } from './json-object.ts';

/** The cause where AntBuddy lets the relay in and what it gives is not understood. */
export const unknownShape = 'no single array of records';
/** In the objects of an envelope that the document does not give. */
const deepest = 2;

/**
 * The records inside an answer of the histories: a bare array, or the one array of objects at most two levels deep; of several
 * that could be it, the one that holds calls. No records are an empty array beside which no other could hold any, or
 * `success: true` and nothing that could. Throws `upstream_malformed` on anything else, so that no call is told not to be there.
 */
export function findRecords(answer: unknown): unknown[] {
  const arrays = arraysIn(answer);
  const rivals = arrays.filter(({ items }) => items.length === 0 || items.some((item) => typeof item === 'object' && item));
  const near = rivals.filter(({ depth }) => depth <= deepest).map(({ items }) => items);
  const filled = near.filter((items) => items.some(isJsonObject));
  const ofCalls = rivals.length > 1 ? filled.filter((items) => items.some(isCall)) : filled;
  if (ofCalls.length === 1) return ofCalls[0] as unknown[];
  const isEmpty = near.length > 0 && near.length === rivals.length && near.every((items) => items.length === 0);
  if (isEmpty || (arrays.length === 0 && saysNone(answer))) return [];
  throw new RelayError('upstream_malformed', { cause: unknownShape });
}

/** Every array that stands in no other, and how many objects it stands in. */
function arraysIn(answer: unknown): { items: unknown[]; depth: number }[] {
  const found: { items: unknown[]; depth: number }[] = [];
  let level = [answer];
  // As wide as it goes and not as deep: an answer may be nested deeper than calls of a function can be.
  for (let depth = 0; level.length > 0; depth += 1) {
    for (const value of level) if (Array.isArray(value)) found.push({ items: value, depth });
    level = level.filter(isJsonObject).flatMap((fields) => Object.values(fields));
  }
  return found;
}

/** A good answer whose list is null or left out: it counts nothing, and what it holds besides is too flat for a record. */
function saysNone(answer: unknown): boolean {
  if (!isJsonObject(answer) || answer.success !== true) return false;
  const inner = Object.values(answer).filter(isJsonObject);
  if (inner.some((fields) => Object.values(fields).some(isJsonObject))) return false;
  return [answer, ...inner].every(({ total, count }) => Number(total ?? count ?? 0) === 0);
}

function isCall(item: unknown): boolean {
  return isJsonObject(item) && 'caller' in item && 'callee' in item;
}
