import type { Vocabulary } from './vocabulary.ts';

let extension: RegExp | undefined;

/** Sets the words that introduce an extension. */
export function setExtensionWords({ patterns }: Vocabulary): void {
  extension = new RegExp(patterns.extended?.replace('…', () => patterns.extension ?? '') ?? '', 'i');
}

/** The extension at the very beginning of the text after a number; `length` includes a bracket that wraps it. */
export function readExtension(after: string): { digits: string; length: number } | undefined {
  const found = /\d/.test(after) ? extension?.exec(after) : undefined;
  if (!found) return undefined;
  const length = found[0].length;
  const wrapped = found[0].includes('(') && after[length] === ')';
  return { digits: found[1] ?? '', length: wrapped ? length + 1 : length };
}
