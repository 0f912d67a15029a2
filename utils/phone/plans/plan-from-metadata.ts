import { renumberedPrefixes } from '../renumbered-mobiles.ts';
import { whole } from './compiled-plan.ts';
import { formerVietnameseAreas } from './former-vietnamese-areas.ts';
import type { LineType, NumberPlan, PlanFormat } from './number-plan.ts';

type RawFormat = [string, string, string[]?, (string | 0)?, (0 | 1)?, (string | 0)?];
type RawType = [string, number[]?] | 0 | null | undefined;
/** One country in libphonenumber-js metadata of version 4: a tuple, see its METADATA.md. */
export type RawCountry = [
  callingCode: string,
  idd: string | 0,
  general: string,
  lengths: number[],
  formats?: RawFormat[] | 0,
  prefix?: string | 0,
  rule?: string | 0,
  prefixPattern?: string | 0,
  prefixTransform?: string | 0,
  prefixOptional?: 0 | 1,
  leading?: string | 0,
  types?: RawType[],
];

// The metadata makes the national prefix optional in these regions; people there always write it, and digits without it are
// mostly a price.
const keepPrefix = new Set(['VN']);

const typeOrder: LineType[] = [
  'landline',
  'mobile',
  'toll-free',
  'premium',
  'personal',
  'voicemail',
  'company',
  'pager',
  'voip',
  'shared-cost',
];

/**
 * The full plan of a region.
 * @param main the first country of the same calling code: its formats apply to all countries that share the code
 * @param mobileExample a national significant number, from which the usual grouping is read
 */
export function planFromMetadata(region: string, raw: RawCountry, main: RawCountry, mobileExample = ''): NumberPlan {
  const rawFormats = raw[4] || main[4] || [];
  const formats = rawFormats.map((format) => planFormat(format, raw[6] || main[6] || '', Boolean(raw[9] || main[9])));
  if (keepPrefix.has(region)) for (const format of formats) format.prefixOptional = false;
  const nationalPrefix = raw[5] || '';
  const typical = formats.find((format) => fits(format, mobileExample)) ?? formats[0];
  const plan: NumberPlan = {
    region,
    callingCode: raw[0],
    idd: raw[1] || '00',
    nationalPrefix,
    general: raw[2],
    lengths: raw[3],
    prefixUsual: Boolean(nationalPrefix && typical?.rule.includes(nationalPrefix) && !typical.prefixOptional),
    groups: typical ? groupsOf(typical, mobileExample) : '',
    formats,
  };
  if (raw[7]) plan.prefixPattern = raw[7];
  if (raw[8]) plan.prefixTransform = raw[8];
  if (raw[10]) plan.leading = raw[10];
  if (raw[11]) plan.types = typePatterns(raw[11]);
  if (region === 'VN') plan.former = { areas: formerVietnameseAreas, mobiles: renumberedPrefixes };
  return plan;
}

function planFormat(
  [pattern, template, leading, rule, optional, international]: RawFormat,
  countryRule: string,
  countryOptional: boolean,
) {
  const format: PlanFormat = {
    pattern,
    template,
    leading: leading ?? [],
    rule: rule || countryRule,
    prefixOptional: Boolean(optional) || countryOptional,
  };
  if (international) format.international = international;
  return format;
}

function typePatterns(raw: RawType[]): Partial<Record<LineType, string>> {
  return Object.fromEntries(typeOrder.flatMap((type, at) => (raw[at] ? [[type, raw[at][0]]] : [])));
}

function fits(format: PlanFormat, national: string): boolean {
  const leading = format.leading.at(-1);
  return (!leading || new RegExp(`^(?:${leading})`).test(national)) && whole(format.pattern).test(national);
}

function groupsOf(format: PlanFormat, national: string): string {
  const groups = whole(format.pattern).exec(national)?.slice(1) ?? [];
  return groups.map((group) => group.length).join('');
}
