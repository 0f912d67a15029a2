import { createFinder, type Finder, type FindOptions } from './finder.ts';
import type { FoundNumber } from './found-number.ts';
import type { Explanation } from './judge.ts';
import { planBook } from './plans/plan-book.ts';
import { vocabulary } from './vocabulary.ts';

export { describeNumber, type NumberDescription } from './describe-number.ts';
export type { FindOptions } from './finder.ts';
export { formatInternational, formatNational } from './format-number.ts';
export type { FoundNumber } from './found-number.ts';
export type { Explanation } from './judge.ts';
export type { AcceptReason, RejectReason } from './reasons.ts';

const finders = new WeakMap<FindOptions, Finder>();

/**
 * The phone numbers in a text, in order, not overlapping. Pure and synchronous. Pass the same options object for all texts with
 * the same settings: the finder is built once for each object. Offsets count UTF-16 units of `text`, so the texts of several
 * nodes can be joined and the results mapped back.
 */
export function findNumbers(text: string, options: FindOptions): FoundNumber[] {
  return finderFor(options).find(text);
}

/** Every stretch of digits that was judged, with the reason why it was accepted as a number or rejected. */
export function explainNumbers(text: string, options: FindOptions): Explanation[] {
  const all: Explanation[] = [];
  finderFor(options).search(text, (explanation) => all.push(explanation));
  return all;
}

function finderFor(options: FindOptions): Finder {
  let finder = finders.get(options);
  if (!finder) {
    finder = createFinder(options, planBook(options.plans), vocabulary());
    finders.set(options, finder);
  }
  return finder;
}
