import type { NumberPlan } from './number-plan.ts';
import { openBook, type PlanBook } from './open-book.ts';
import { bundledPlans, compactRows } from './plan-data.ts';

export type { PlanBook } from './open-book.ts';

let ownBook: PlanBook | undefined;
const books = new WeakMap<readonly NumberPlan[], PlanBook>();

/**
 * All plans at hand: every region's compact plan, the bundled full ones, and those given, which win. One book is made for each
 * list given, so keep the list.
 */
export function planBook(given?: readonly NumberPlan[]): PlanBook {
  if (!given?.length) {
    ownBook ??= openBook(compactRows, bundledPlans);
    return ownBook;
  }
  let book = books.get(given);
  if (!book) {
    book = openBook(compactRows, [...bundledPlans, ...given]);
    books.set(given, book);
  }
  return book;
}
