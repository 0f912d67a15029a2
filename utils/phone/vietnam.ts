const serviceLine = /^1[89]00(?:\d{4}|\d{6})$/;

/** 1800 and 1900 lines: no subscribers in the sense of E.164, dialled as they stand. */
export function isServiceLine(digits: string): boolean {
  return digits.startsWith('1') && serviceLine.test(digits);
}

/**
 * Ho Chi Minh City's tax codes begin with 0300–0319, a range the metadata still counts as mobile though no operator holds it.
 */
export function looksLikeTaxCode(digits: string): boolean {
  return /^03[01]\d{7}$/.test(digits);
}

/** Lines of the army and police, 069 and seven digits: printed by ministries, though the metadata knows shorter ones only. */
export function isForceLine(national: string): boolean {
  return national.length === 9 && national.startsWith('692');
}

/** The area code of before 2017 that digits end with, given those there were. */
export function formerArea(digits: string, former: Record<string, string>): string | undefined {
  const area = digits.length < 8 ? /^(?:(?:00)?84)?0?(\d{1,3})$/.exec(digits)?.[1] : undefined;
  return area && former[area] && area;
}
