import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { normalizeText } from '../../utils/phone/normalize-text.ts';
import { renewMobile } from '../../utils/phone/renumbered-mobiles.ts';
import { RelayError } from '../http/relay-error.ts';
import { asServiceLine, classifyNumber } from './classify-number.ts';

/** Spaces and signs between digits, and the apostrophe by which spreadsheets keep a zero in front. */
const betweenDigits = /[\s().\-/'\u200b]/g;

/**
 * A number as somebody typed it or a program saved it, as E.164 or service digits; null when it is none. Without + it is read in
 * the home region; Vietnamese mobiles of before 2018 are given as they are dialled today.
 */
export function readTypedNumber(typed: string, homeRegion: string): string | null {
  const written = normalizeText(typed)
    .trim()
    .replace(/^(tel|callto):/i, '')
    .replace(betweenDigits, '');
  const number = asServiceLine(homeRegion === 'VN' ? renewMobile(written) : written, homeRegion);
  if (!/^\+?\d{3,20}$/.test(number)) return null;
  if (classifyNumber(number)) return number;
  const parsed = parsePhoneNumberFromString(number, homeRegion as CountryCode);
  return parsed?.isValid() ? asServiceLine(parsed.number, homeRegion) : null;
}

/** The same of a number that is looked for, where one that cannot be read must not pass for one that is not there: throws `number_invalid`. */
export function requireTypedNumber(typed: string, homeRegion: string): string {
  const number = readTypedNumber(typed, homeRegion);
  if (number === null) throw new RelayError('number_invalid');
  return number;
}
