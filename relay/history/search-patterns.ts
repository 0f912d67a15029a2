import { foldText } from './fold-text.ts';
import { readNumber } from './read-number.ts';

/**
 * LIKE patterns (escape `\`), any of which may match the search text of a call. Text that looks like a number is searched by its
 * digits, however grouped, and if it is a complete number also by its current form.
 */
export function searchPatterns(q: string, homeRegion: string): string[] {
  const text = foldText(q);
  if (text === '') return [];
  const digits = text.replace(/\D/g, '');
  if (digits === '' || !/^[\d\s().+/-]+$/.test(text)) return [likePattern(text)];
  const { number } = readNumber(text, homeRegion);
  const spellings = [digits.replace(/^00(?=\d)/, ''), number?.replace('+', '') ?? ''];
  return [...new Set(spellings)].filter(Boolean).map(likePattern);
}

/** A LIKE pattern (escape `\`) for text anywhere in a column. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
