import type { RelayConfig } from '../config.ts';
import { RelayError } from '../http/relay-error.ts';
import { type ClassifiedNumber, classifyNumber } from './classify-number.ts';

/** Throws `number_invalid` when no numbering plan knows the number (E.164 or bare service digits). */
export function validateNumber(number: string): ClassifiedNumber {
  const classified = classifyNumber(number);
  if (!classified) throw new RelayError('number_invalid');
  return classified;
}

export type DialPlan = Pick<RelayConfig, 'homeRegion' | 'homeFormat' | 'internationalPrefix' | 'dialPrefix'>;

/**
 * How numbers go out to AntBuddy (section 3.2; its own samples are national): `+84912345678` → `0912345678` at home,
 * `+6591234567` → `006591234567`, service digits as they stand; or as the settings say. Throws `number_invalid`.
 */
export function dialPlan(plan: DialPlan): (number: string) => string {
  return (number) => plan.dialPrefix + digitsOf(plan, number);
}

function digitsOf({ homeRegion, homeFormat, internationalPrefix }: DialPlan, number: string): string {
  const { country, national } = validateNumber(number);
  if (!number.startsWith('+')) return national;
  if (country !== homeRegion) return internationalPrefix + number.slice(1);
  if (homeFormat === 'national') return national;
  return homeFormat === 'e164' ? number : number.slice(1);
}
