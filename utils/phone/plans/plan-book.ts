import type { NumberPlan } from './number-plan.ts';
import { openBook, type PlanBook } from './open-book.ts';
import { bundledPlans, compactRows } from './plan-data.ts';

export type { PlanBook } from './open-book.ts';

let ownBook: PlanBook | undefined;
const books = new WeakMap<readonly NumberPlan[], PlanBook>();

/**
 * All available plans: every region's compact plan, the bundled full plans, and the given ones, which take precedence. Books are
 * cached by the identity of the list, so pass the same array again.
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
