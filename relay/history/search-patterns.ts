import { foldText } from './fold-text.ts';
import { readNumber } from './read-number.ts';

/**
 * LIKE patterns (escape `\`), any of which may match the search text of a call. Something that looks like a number is looked
 * for by its digits, however it was grouped, and if it is a whole number also as what it is today.
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

/** Text anywhere in another, for LIKE with the escape `\`. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
