import { RelayError } from '../http/relay-error.ts';

type Fields = Record<string, unknown>;

/**
 * The records inside an answer of the histories, whose envelope the document does not give: a bare array, or the one array
 * of objects at most two levels deep. Empty arrays stand for no records. Throws `upstream_malformed` on anything else.
 */
export function findRecords(answer: unknown): unknown[] {
  const arrays = Array.isArray(answer) ? [answer] : arraysIn(answer, 2);
  const filled = arrays.filter((array) => array.some(isObject));
  const [only] = filled.length > 0 ? filled : arrays.filter((array) => array.length === 0);
  if (!only || filled.length > 1) throw new RelayError('upstream_malformed', { cause: 'no single array of records' });
  return only;
}

function arraysIn(value: unknown, levels: number): unknown[][] {
  if (Array.isArray(value)) return [value];
  if (levels === 0 || !isObject(value)) return [];
  return Object.values(value).flatMap((inner) => arraysIn(inner, levels - 1));
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
