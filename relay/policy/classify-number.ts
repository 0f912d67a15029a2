import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isEmergency } from './emergency-numbers.ts';

/** The kind of a number, with its cost and risk, according to the numbering plans. */
export type NumberClass =
  | 'mobile'
  | 'fixed'
  | 'other'
  | 'toll_free'
  | 'shared_cost'
  | 'premium'
  | 'satellite'
  | 'short'
  | 'emergency';

export interface ClassifiedNumber {
  class: NumberClass;
  /** Null for service digits and for codes that belong to no country. */
  country: CountryCode | null;
  /** Digits as dialled inside the country: `0912345678`; service digits unchanged. */
  national: string;
}

/**
 * Inmarsat, satellite networks, international networks and similar codes (ITU-T, list of E.164 country codes), which belong to no
 * country.
 */
const satelliteCodes = new Set(['870', '878', '881', '882', '883', '888']);
/**
 * Personal numbers (070 in the United Kingdom) count as premium: their type does not show the price, and they are abused in the
 * same way.
 */
const classOfType: Partial<Record<string, NumberClass>> = {
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'mobile',
  FIXED_LINE: 'fixed',
  TOLL_FREE: 'toll_free',
  SHARED_COST: 'shared_cost',
  PREMIUM_RATE: 'premium',
  PERSONAL_NUMBER: 'premium',
};

/** Classifies a number given as E.164 or bare service digits; null when no numbering plan knows it. */
export function classifyNumber(number: string): ClassifiedNumber | null {
  if (!number.startsWith('+')) return classifyServiceDigits(number);
  const known = lately.get(number);
  if (known !== undefined) return known;
  const classified = classifyE164(number);
  if (lately.size >= keptNumbers) lately.clear();
  lately.set(number, classified);
  return classified;
}

/** Size of the cache: the dial plan, the policy and the dry run before a call classify the same number. */
const keptNumbers = 500;
const lately = new Map<string, ClassifiedNumber | null>();

function classifyE164(number: string): ClassifiedNumber | null {
  const parsed = parsePhoneNumberFromString(number);
  // `parsed.number` differs when the text contained more than a number, or a trunk 0 after the country code.
  if (!parsed?.isValid() || parsed.number !== number) return null;
  const isSatellite = satelliteCodes.has(parsed.countryCallingCode);
  return {
    class: isSatellite ? 'satellite' : (classOfType[parsed.getType() ?? ''] ?? 'other'),
    country: parsed.country ?? null,
    national: nationalDigits(parsed.formatNational(), parsed.nationalNumber),
  };
}

/**
 * Service lines are Vietnam's 1800 (free) and 1900 (premium), followed by 4 or 6 digits; anything shorter is a short code or an
 * internal number. Bare digits must not start with 0: `00…` would bypass the rules for countries.
 */
function classifyServiceDigits(digits: string): ClassifiedNumber | null {
  const place = { country: null, national: digits };
  if (isEmergency(digits)) return { ...place, class: 'emergency' };
  const line = /^(1800|1900)\d{4}(\d{2})?$/.exec(digits)?.[1];
  if (line) return { ...place, class: line === '1800' ? 'toll_free' : 'premium' };
  return /^[1-9]\d{2,5}$/.test(digits) ? { ...place, class: 'short' } : null;
}

/**
 * Reduces a Vietnamese service line to its bare digits, the form that lists and earlier calls are compared in: `+8419001234` →
 * `19001234`.
 */
export function asServiceLine(number: string, homeRegion: string): string {
  return homeRegion === 'VN' ? number.replace(/^\+84(?=1[89]00\d{4}(\d\d)?$)/, '') : number;
}

/** The national format contains the trunk prefix where a country has one. */
function nationalDigits(formatted: string, significant: string): string {
  const digits = formatted.replace(/\D/g, '');
  return digits.endsWith(significant) ? digits : significant;
}
