import type { ContextWords } from './context-words.ts';
import { wordsOf } from './words-of.ts';

let extension: RegExp | undefined;

/** Gives the words that introduce an extension. */
export function useExtensionWords(given: readonly ContextWords[]): void {
  const words = wordsOf(given, 'extension');
  extension = new RegExp(
    wordsOf(given, 'extended').replace('…', () => words),
    'i',
  );
}

/** The extension at the very beginning of the text after a number; `length` includes a bracket that wraps it. */
export function readExtension(after: string): { digits: string; length: number } | undefined {
  const found = /\d/.test(after) ? extension?.exec(after) : undefined;
  if (!found) return undefined;
  const length = found[0].length;
  const wrapped = found[0].includes('(') && after[length] === ')';
  return { digits: found[1] ?? '', length: wrapped ? length + 1 : length };
}
