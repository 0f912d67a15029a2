import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { normalizeText } from '../../utils/phone/normalize-text.ts';
import { renewMobile } from '../../utils/phone/renumbered-mobiles.ts';
import { RelayError } from '../http/relay-error.ts';
import { asServiceLine, classifyNumber } from './classify-number.ts';

/** Spaces and punctuation between digits, and the apostrophe that preserves a leading zero in spreadsheets. */
const betweenDigits = /[\s().\-/'\u200b]/g;

/** A number as typed, in ASCII and without what stands between its digits. Other text stays recognisable as such. */
export function plainNumber(typed: string): string {
  return normalizeText(typed)
    .trim()
    .replace(/^(tel|callto):/i, '')
    .replace(betweenDigits, '');
}

/**
 * Reads a number as typed or as exported by a program; returns E.164 or service digits, or null if it is not a number. Without +
 * it is read in the home region; Vietnamese mobile numbers from before 2018 are converted to today's.
 */
export function readTypedNumber(typed: string, homeRegion: string): string | null {
  const written = plainNumber(typed);
  const number = asServiceLine(homeRegion === 'VN' ? renewMobile(written) : written, homeRegion);
  if (!/^\+?\d{3,20}$/.test(number)) return null;
  if (classifyNumber(number)) return number;
  const parsed = parsePhoneNumberFromString(number, homeRegion as CountryCode);
  return parsed?.isValid() ? asServiceLine(parsed.number, homeRegion) : null;
}

/** Like readTypedNumber, for a look-up, where an unreadable number must not count as not found: throws `number_invalid`. */
export function requireTypedNumber(typed: string, homeRegion: string): string {
  const number = readTypedNumber(typed, homeRegion);
  if (number === null) throw new RelayError('number_invalid');
  return number;
}
