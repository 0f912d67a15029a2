import type { Group } from './digit-runs.ts';
import { ties } from './number-shapes.ts';
import { isLandline } from './vietnam.ts';

export interface Neighbourhood {
  groups: readonly Group[];
  text: string;
  /** Indices of the first and last group of the number being judged. */
  first: number;
  last: number;
  /** Index of the last group of the previous number or date in the run, -1 for none. */
  previous: number;
  /** Whether a number, a date or a time begins at a group. */
  begins(at: number): boolean;
}

/** Name, phone number, quantity: `Tâm-0912345678-2 hộp`. */
const order = /^\p{Ll}-[\d .]+-\d\d? \p{Ll}/u;

/** Whether adjacent digits that are not a number themselves belong to this one, so that both are parts of a longer code. */
export function isPartOfLonger({ groups, text, first, last, previous, begins }: Neighbourhood): boolean {
  if (first === 0 && last === groups.length - 1) return false;
  const before = groups[first - 1];
  const after = groups[last + 1];
  const gap = groups[last]?.gap ?? '';
  const own = groups.slice(first, last + 1);
  if (isDrawn(own, before, after, text)) return true;
  if (isChain(gap) || isChain(before?.gap)) return true;
  const spaced = groups.slice(first, last).some((group) => group.gap === ' ');

  if (before && previous !== first - 1) {
    if (ties(before.gap)) return true;
    // A single short number before it may be a row number: `3 0912 345 678`.
    const counts =
      (before.digits.length <= 2 || /[A-Z]/.test(text[before.start - 1] ?? '')) && (first === 1 || previous === first - 2);
    if (spaced && before.gap === ' ' && isLone(groups, first - 1) && !counts) return true;
  }
  if (!after || begins(last + 1)) return false;
  if (gap === '-' && /^\d{2,3}$/.test(after.digits) && isLandline(own.map(({ digits }) => digits).join(''))) return false;
  if (ties(gap))
    return (
      !(gap === '/'
        ? after.digits.length < 5 || after.digits.length === groups[last]?.digits.length
        : gap === '.' && after.digits === '0') && !order.test(text.slice((groups[first] as Group).start - 2, after.end + 2))
    );
  if (!spaced || gap !== ' ' || !isLone(groups, last + 1)) return false;
  if (after.digits.length < 2 && (!groups[last + 2] || begins(last + 2))) return false;
  // A street number may follow: `0912 345 678 12 Lê Lợi`.
  return !/^[ ,/]?\s?\p{L}/u.test(text.slice(after.end, after.end + 3));
}

/** Lottery results: digits in pairs, followed or preceded by one more pair with the same separator. */
function isDrawn(own: readonly Group[], before: Group | undefined, after: Group | undefined, text: string): boolean {
  if (own.some(({ digits }) => digits.length !== 2)) return false;
  const [inside, behind] = [own[0]?.gap, own.at(-1)?.gap];
  const isOne = (group: Group | undefined, gap: string | undefined): boolean =>
    group?.digits.length === 2 && gap === inside && !/\p{L}/u.test(`${text[group.start - 1] ?? ''}${text[group.end] ?? ''}`);
  return isOne(before, before?.gap) || isOne(after, behind);
}

/** Whether no mark ties the group to another one, as the dot does in `150.000`. */
function isLone(groups: readonly Group[], at: number): boolean {
  return !ties(groups[at - 1]?.gap ?? '') && !ties(groups[at]?.gap ?? '');
}

function isChain(gap: string | undefined): boolean {
  return gap === '--' || gap === '..';
}
