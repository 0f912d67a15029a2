import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { renewMobile } from '../../utils/phone/renumbered-mobiles.ts';
import { sipUserOf } from '../antbuddy/sip-user-of.ts';

interface ReadNumber {
  /** E.164, or the bare digits of a service line; null for an extension, a user name or a number outside all numbering plans. */
  number: string | null;
  /** Digits with the trunk prefix, `0912345678`; null whenever `number` is null. */
  national: string | null;
  /** The digits as received. */
  digits: string;
}

/** 1900 and 1800 lines have no E.164 form that can be dialled. */
const serviceLine = /^1[89]00\d{4}(\d\d)?$/;

/** Parses a number as AntBuddy sends it: national, `84…` or `00…` without plus, 11-digit mobile of before 2018, extension. */
export function readNumber(sent: string, homeRegion: string): ReadNumber {
  const name = `${homeRegion} ${sent}`;
  const known = lately.get(name);
  if (known) return known;
  const read = parseNumber(sent, homeRegion);
  if (lately.size >= keptNumbers) lately.clear();
  lately.set(name, read);
  return read;
}

/** A call's numbers are parsed repeatedly: for each signal, for each party and for the histories. */
const keptNumbers = 2000;
const lately = new Map<string, ReadNumber>();

function parseNumber(sent: string, homeRegion: string): ReadNumber {
  const text = sipUserOf(sent);
  const digits = text.replace(/\D/g, '');
  const none = { number: null, national: null, digits };
  if (digits.length < 7 || /[^\d\s().+/-]/.test(text)) return none;
  const region = homeRegion as CountryCode;
  const renewed = (written: string) => (region === 'VN' ? renewMobile(written) : written);
  const candidates = text.trim().startsWith('+')
    ? [renewed(`+${digits}`)]
    : [renewed(digits), digits.replace(/^00/, '+'), `+${digits}`];
  for (const candidate of candidates) {
    const parsed = parsePhoneNumberFromString(candidate, region);
    // Numbering plans grow faster than their metadata: for a number written as foreign a possible length is enough.
    const isAbroad = /^(\+|00)/.test(text.trim()) && parsed?.country !== region && parsed?.isPossible() === true;
    if (!parsed || !(parsed.isValid() || isAbroad)) continue;
    const national = parsed.country === region ? parsed.formatNational().replace(/\D/g, '') : parsed.nationalNumber;
    return { number: serviceLine.test(national) ? national : parsed.number, national, digits };
  }
  return none;
}
