import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { asServiceLine, classifyNumber } from './classify-number.ts';

/** A number as somebody typed it, as E.164 or service digits; null when it is none. Without + it is read in the home region. */
export function readTypedNumber(typed: string, homeRegion: string): string | null {
  const number = asServiceLine(typed.replace(/[\s().\-/]/g, ''), homeRegion);
  if (!/^\+?\d{3,20}$/.test(number)) return null;
  if (classifyNumber(number)) return number;
  const parsed = parsePhoneNumberFromString(number, homeRegion as CountryCode);
  return parsed?.isValid() ? asServiceLine(parsed.number, homeRegion) : null;
}
