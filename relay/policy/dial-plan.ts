import type { RelayConfig } from '../config.ts';
import { type ClassifiedNumber, classifyNumber } from './classify-number.ts';

export type DialPlan = Pick<RelayConfig, 'homeRegion' | 'homeFormat' | 'internationalPrefix' | 'dialPrefix'>;

/**
 * The digits sent to AntBuddy (section 3.2; its own samples are national): `+84912345678` → `0912345678` at home, `+6591234567` →
 * `006591234567`, service digits unchanged; the settings may change this. Null when no numbering plan knows the number.
 */
export function digitsToDial(plan: DialPlan, number: string): string | null {
  const classified = classifyNumber(number);
  return classified && plan.dialPrefix + digitsOf(plan, number, classified);
}

function digitsOf(
  { homeRegion, homeFormat, internationalPrefix }: DialPlan,
  number: string,
  { country, national }: ClassifiedNumber,
): string {
  if (!number.startsWith('+')) return national;
  if (country !== homeRegion) return internationalPrefix + number.slice(1);
  if (homeFormat === 'national') return national;
  return homeFormat === 'e164' ? number : number.slice(1);
}
