import { type FindOptions, finderFor } from './finder.ts';
import type { FoundNumber } from './found-number.ts';
import type { Explanation } from './judge.ts';
import { normalizeText } from './normalize-text.ts';

export { describeNumber, type NumberDescription } from './describe-number.ts';
export type { FindOptions } from './finder.ts';
export { formatInternational, formatNational } from './format-number.ts';
export type { FoundNumber } from './found-number.ts';
export type { Explanation } from './judge.ts';
export type { AcceptReason, RejectReason } from './reasons.ts';

// Five digits are the fewest of any number worth marking, but for letters behind a freephone prefix.
const promising = /\d(?:[^\dA-Za-z]{0,4}\d){4}|[08]\d\d\)?[-. ]?(?:\d-)?[A-Z]/;
const exoticDigit = /[^\x20-\u024f\u1e00-\u1eff\n\t]/;

/**
 * The phone numbers in a text, in order, not overlapping. Pure and synchronous; texts without five digits near each other cost one
 * pattern test. Offsets count UTF-16 units of `text`, so texts of several nodes can be joined and mapped back.
 */
export function findNumbers(text: string, options: FindOptions): FoundNumber[] {
  const found: FoundNumber[] = [];
  search(text, options, ({ verdict, found: number }) => {
    if (verdict === 'number' && number) found.push(number);
  });
  return found;
}

/** Every stretch of digits that was weighed, with the reason it was taken for a number or not. */
export function explainNumbers(text: string, options: FindOptions): Explanation[] {
  const all: Explanation[] = [];
  search(text, options, (explanation) => all.push(explanation));
  return all;
}

function search(text: string, options: FindOptions, report: (explanation: Explanation) => void): void {
  if (!promising.test(text) && !exoticDigit.test(text)) return;
  finderFor(options).search(normalizeText(text), report);
}
