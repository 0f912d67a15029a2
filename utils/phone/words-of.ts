import type { ContextWords } from './context-words.ts';

/** All languages' words of one kind as alternatives of a pattern. */
export function wordsOf(given: readonly ContextWords[], kind: keyof ContextWords): string {
  return given.flatMap((each) => each[kind] ?? []).join('|');
}
