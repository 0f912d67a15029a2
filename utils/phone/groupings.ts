import type { Group } from './digit-runs.ts';
import type { Reading } from './read-digits.ts';

// Group sizes that people write everywhere, whatever format the plan prints.
const everyday = new Set(['333', '2222', '44', '334', '344', '434', '234', '244', '243', '2322', '3222', '533']);

/** Whether the digits are grouped as no one writes a phone number, which suggests that they are something else. */
export function isOddlyGrouped(own: readonly Group[], reading: Reading): boolean {
  if (own.length === 1) return false;
  const single = own.filter(({ digits }, at) => at > 0 && digits.length === 1).length;
  // Digits read out one by one are a common way to write a number.
  if (single > 7 && single === own.length - 1) return false;
  const telling = reading.form !== 'plain' && reading.form !== 'prefix-missing';
  if (reading.form === 'service' && (own[0] as Group).digits.length < 4) return true;
  // Read out one by one from some digit on, `0909 4 7 1 8 2 6`, is fine as well.
  if (telling) return single > 1 && !(single > 3 && own.slice(-single).every(({ digits }) => digits.length === 1));
  return !isUsuallyGrouped(own, reading);
}

/** Whether the digits are grouped like a phone number of the plan. */
export function isUsuallyGrouped(own: readonly Group[], reading: Reading): boolean {
  const sizes = own.map(({ digits }) => digits.length);
  const written = sizes.join('');
  const usual = usualSizes(
    reading,
    sizes.reduce((sum, size) => sum + size),
  );
  return everyday.has(written) || (usual ? isMerged(sizes, usual) : written === reading.plan.groups);
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
