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

/**
 * Hanoi's and Ho Chi Minh City's area codes before 2017, 4 and 8, became 24 and 28. Without its brackets `08 3822 1234` could be a
 * mobile of today, so only a bracketed 8 is moved.
 * @returns the digits as they are dialled today, or undefined when there is nothing to move
 */
export function movedLandline(digits: string, areaEnd: number): string | undefined {
  const area = digits.slice(0, areaEnd);
  if (digits.length - areaEnd !== 8 || !/^(?:(?:00)?84)?0?[48]$/.test(area)) return undefined;
  return `${area.slice(0, -1)}2${digits.slice(areaEnd - 1)}`;
}
