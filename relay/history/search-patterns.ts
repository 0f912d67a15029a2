import { type Expression, type SqlBool, sql } from 'kysely';
import { plainNumber } from '../policy/read-typed-number.ts';
import { foldText } from './fold-text.ts';
import { readNumber } from './read-number.ts';

/**
 * LIKE patterns (escape `\`), any of which may match the search text of a call. Text that looks like a number is searched by its
 * digits, however written, and if it is a complete number also by its current form; a name such as `O2` that reads as digits
 * also as it stands.
 */
export function searchPatterns(q: string, homeRegion: string): string[] {
  const text = foldText(q);
  if (text === '') return [];
  const written = plainNumber(text);
  const digits = written.replace(/\D/g, '');
  if (digits === '' || !/^[\d+]+$/.test(written)) return [likePattern(text)];
  const { number } = readNumber(written, homeRegion);
  const spellings = [digits.replace(/^00(?=\d)/, ''), number?.replace('+', '') ?? '', /[a-z]/.test(text) ? text : ''];
  return [...new Set(spellings)].filter(Boolean).map(likePattern);
}

/** A LIKE pattern (escape `\`) for text anywhere in a column. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Whether a column matches one of these patterns. */
export function matches(column: string, pattern: string): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`;
}
