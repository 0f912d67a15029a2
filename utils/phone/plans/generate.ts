import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import metadata from 'libphonenumber-js/metadata.max.json';
import examples from 'libphonenumber-js/mobile/examples';
import type { NumberPlan } from './number-plan.ts';
import { planFromMetadata, type RawCountry } from './plan-from-metadata.ts';

const countries = metadata.countries as unknown as Record<string, RawCountry>;
const sharing = metadata.country_calling_codes as unknown as Record<string, string[]>;
const elsewhere = metadata.nonGeographic as unknown as Record<string, RawCountry>;
const mobiles = examples as unknown as Record<string, string>;
const bundledInFull = ['VN'];

/** The row of one region; `openBook` reads it. */
function compactRow(plan: NumberPlan): string {
  const fields = [
    plan.region,
    plan.callingCode,
    plan.nationalPrefix,
    plan.leading ?? '',
    plan.prefixUsual ? '1' : '',
    plan.groups,
    // Regions within +1 differ in their leading digits only, so the reader supplies the general pattern.
    plan.callingCode === '1' && plan.leading ? '' : plan.general,
  ];
  return fields.join('!');
}

/** The text of `plan-data.ts`: one row a region, ordered so that the main region of a calling code comes first. */
export function planData(): string {
  const ordered = Object.values(sharing).flat();
  const plans = ordered.flatMap((region) => {
    const raw = countries[region];
    const main = raw && countries[sharing[raw[0]]?.[0] ?? region];
    return raw && main ? [planFromMetadata(region, raw, main, mobiles[region])] : [];
  });
  const worldwide = Object.entries(elsewhere).map(([code, raw]) => planFromMetadata(`001-${code}`, raw, raw));
  const full = plans.filter((plan) => bundledInFull.includes(plan.region));
  return [
    '// Written by generate.ts from libphonenumber-js metadata; run `node utils/phone/plans/generate.ts` after updating it.',
    "import type { NumberPlan } from './number-plan.ts';",
    '',
    `export const compactRows = String.raw\`\n${[...plans, ...worldwide].map(compactRow).join('\n')}\n\`;`,
    '',
    `export const bundledPlans: NumberPlan[] = ${JSON.stringify(full)};`,
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, 'plan-data.ts'), planData());
