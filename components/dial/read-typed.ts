import { describeNumber, type NumberDescription } from '../../utils/phone/describe-number.ts';
import { type FindOptions, findNumbers } from '../../utils/phone/find-numbers.ts';
import { fullPlansFor, homePlans } from '../../utils/phone/plans/full-plans.ts';

/** What a person typed or pasted, read as one number to dial; or why it is none. */
export type Typed =
  | { kind: 'number'; number: string; described: NumberDescription; extension?: string; renumbered: boolean }
  | { kind: 'empty' | 'none' | 'several' };

const options = new Map<string, FindOptions>();

/**
 * Reads a number in any format for the home region. Whoever types into a field for numbers means a number, so the field says so
 * to the finder; anything that is still not a valid one is not guessed at.
 */
export function readTyped(text: string, region: string): Typed {
  if (text.trim() === '') return { kind: 'empty' };
  const found = findNumbers(text, optionsOf(region));
  const numbers = new Set(found.map(({ number }) => number));
  const [first] = found;
  if (!first) return { kind: 'none' };
  if (numbers.size > 1) return { kind: 'several' };
  const described = describeNumber(first.number, region, [...homePlans(region), ...fullPlansFor(first.number)]);
  return {
    kind: 'number',
    number: first.number,
    described,
    ...(first.extension && { extension: first.extension }),
    renumbered: first.renumberedFrom !== undefined,
  };
}

/** The finder is built once for each options object. */
function optionsOf(region: string): FindOptions {
  const known = options.get(region) ?? { region, plans: homePlans(region), context: { label: 'phone' } };
  options.set(region, known);
  return known;
}
