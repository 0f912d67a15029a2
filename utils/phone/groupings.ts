import type { Group } from './digit-runs.ts';
import type { Reading } from './read-digits.ts';

// Everyday groups besides those a plan names, and those taken on trust where a plan names none.
const everyday = new Set(['333', '2222', '44']);
const plausible = new Set(['334', '344', '234', '244', '2322']);

/** Whether a national number is cut into groups no one would print, which tells that the digits are something else. */
export function isOddlyGrouped(own: readonly Group[], reading: Reading): boolean {
  const sizes = own.map(({ digits }) => digits.length);
  // Read out one by one.
  if (sizes.length > 8 && sizes.every((size) => size === 1)) return false;
  const singles = sizes.slice(1).filter((size) => size === 1).length;
  if (reading.form !== 'plain' && reading.form !== 'prefix-missing') return singles > 1;
  if (sizes.length === 1) return false;
  const usual = usualSizes(
    reading,
    sizes.reduce((sum, size) => sum + size),
  );
  const written = sizes.join('');
  return !(everyday.has(written) || (usual ? isMerged(sizes, usual) : plausible.has(written) || written === reading.plan.groups));
}

function usualSizes({ plan, national }: Reading, digits: number): number[] | undefined {
  const fit = plan.formatOf(national);
  const groups = fit?.pattern.exec(national)?.slice(1) ?? [];
  const sizes = groups.map((group) => group.length);
  if (sizes.length === 0) return undefined;
  const lead = digits - national.length;
  return lead > 0 ? [lead, ...sizes] : sizes;
}

/** Whether `sizes` come from `usual` by writing neighbouring groups together. */
function isMerged(sizes: readonly number[], usual: readonly number[]): boolean {
  let at = 0;
  for (const size of sizes) {
    let sum = 0;
    while (sum < size && at < usual.length) sum += usual[at++] ?? 0;
    if (sum !== size) return false;
  }
  return at === usual.length;
}
