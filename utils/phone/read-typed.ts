import { describeNumber, type NumberDescription } from './describe-number.ts';
import { type FindOptions, type FoundNumber, findNumbers } from './find-numbers.ts';
import { fullPlansFor, homePlans } from './plans/full-plans.ts';

/** What a person typed, pasted or selected, read as one number to dial; or why it is none. */
export type Typed =
  | { kind: 'number'; number: string; described: NumberDescription; extension?: string; renumbered: boolean }
  | { kind: 'empty' | 'none' | 'several' };

/** Whose national numbers are read, as on a page: the home region's first, then those of the regions that may be called. */
export interface Regions {
  homeRegion: string;
  regions: readonly string[];
}

const options = new Map<string, FindOptions>();

/**
 * Reads a number in any format. Whoever types into a field for numbers means a number, so the field says so to the finder; anything
 * that is still not a valid one is not guessed at.
 */
export function readTyped(text: string, regions: Regions): Typed {
  if (text.trim() === '') return { kind: 'empty' };
  return typedOf(findNumbers(text, optionsOf(regions, 'phone')), regions);
}

/**
 * Reads a selected text, which is dialled without another look: a number as a page would mark it, or digits that were selected by
 * themselves, which somebody who asks for a call means as a number.
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

/** The finder is built once for each options object. */
function optionsOf({ homeRegion, regions }: Regions, label?: string): FindOptions {
  const key = [label, homeRegion, ...regions].join();
  const known = options.get(key) ?? {
    region: homeRegion,
    regions,
    plans: [...new Set([homeRegion, ...regions, 'VN'].flatMap(homePlans))],
    ...(label && { context: { label } }),
  };
  options.set(key, known);
  return known;
}
