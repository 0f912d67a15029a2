import type { RelayConfig } from '../config.ts';
import { RelayError } from '../http/relay-error.ts';
import { type ClassifiedNumber, classifyNumber } from './classify-number.ts';

/** Throws `number_invalid` when no numbering plan knows the number (E.164 or bare service digits). */
export function validateNumber(number: string): ClassifiedNumber {
  const classified = classifyNumber(number);
  if (!classified) throw new RelayError('number_invalid');
  return classified;
}

/**
 * How numbers go out to AntBuddy (section 3.2; its own samples are national): `+84912345678` → `0912345678` at home,
 * `+6591234567` → `006591234567`, service digits as they stand. Throws `number_invalid`.
 */
export function dialPlan(config: Pick<RelayConfig, 'homeRegion' | 'internationalPrefix'>): (number: string) => string {
  return (number) => {
    const { country, national } = validateNumber(number);
    if (!number.startsWith('+') || country === config.homeRegion) return national;
    return config.internationalPrefix + number.slice(1);
  };
}
