import { describeNumber, type NumberDescription } from './describe-number.ts';
import { type FindOptions, type FoundNumber, findNumbers } from './find-numbers.ts';
import { fullPlansFor, homePlans, openPlans } from './plans/full-plans.ts';

/** A text that a person typed, pasted or selected, read as one number to dial, or the reason why it is not one. */
export type Typed =
  | { kind: 'number'; number: string; described: NumberDescription; extension?: string; renumbered: boolean }
  | { kind: 'empty' | 'none' | 'several' };

/** The regions whose national numbers are recognised, as on a page: home first, then those that may be called. */
export interface Regions {
  homeRegion: string;
  regions: readonly string[];
}

const options = new Map<string, FindOptions>();

/**
 * Reads a number in any format. Text typed into a number field is meant as a number, so the finder is given the label `phone`;
 * anything that is still not a valid number is not guessed at.
 */
export function readTyped(text: string, regions: Regions): Typed {
  if (text.trim() === '') return { kind: 'empty' };
  return typedOf(findNumbers(text, optionsOf(regions, 'phone')), regions);
}

/**
 * Reads a selected text, which is dialled without being shown first. It accepts a number that a page would mark, or a selection
 * without letters: a person who selects bare digits and asks for a call means a number.
 */
export function readSelected(text: string, regions: Regions): Typed {
  const marked = typedOf(findNumbers(text, optionsOf(regions)), regions);
  return marked.kind === 'none' && !/\p{L}/u.test(text) ? readTyped(text, regions) : marked;
}

function typedOf(found: readonly FoundNumber[], { homeRegion }: Regions): Typed {
  const numbers = new Set(found.map(({ number }) => number));
  const [first] = found;
  if (!first) return { kind: 'none' };
  if (numbers.size > 1) return { kind: 'several' };
  const described = describeNumber(first.number, homeRegion, [...homePlans(homeRegion), ...fullPlansFor(first.number)]);
  return {
    kind: 'number',
    number: first.number,
    described,
    ...(first.extension && { extension: first.extension }),
    renumbered: first.renumberedFrom !== undefined,
  };
}

/** Cached, because the finder is built once for each options object. */
function optionsOf({ homeRegion, regions }: Regions, label?: string): FindOptions {
  const key = [label, homeRegion, ...regions].join();
  const known = options.get(key) ?? {
    region: homeRegion,
    regions,
    plans: openPlans({ homeRegion, regions }),
    ...(label && { context: { label } }),
  };
  options.set(key, known);
  return known;
}
