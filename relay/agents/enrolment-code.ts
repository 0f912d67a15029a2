import { createHmac, randomInt } from 'node:crypto';
import { deriveKey } from '../keys.ts';

/** Crockford's base32: no I, L, O, U. https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 50 random bits as `XXXXX-XXXXX`. */
export function mintCode(random: (below: number) => number = randomInt): string {
  const characters = Array.from({ length: 10 }, () => alphabet[random(32)]).join('');
  return `${characters.slice(0, 5)}-${characters.slice(5)}`;
}

/** The ten typed characters, read as Crockford specifies (O is 0, I and L are 1); null if they cannot be a code. */
export function readCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return code.length === 10 && [...code].every((character) => alphabet.includes(character)) ? code : null;
}

/** The stored form of a code, from any typed form. Keyed, because someone with only the store could search all 50-bit codes. */
export function hashCode(relayKey: Buffer, typed: string): string | null {
  const code = readCode(typed);
  return code && createHmac('sha256', deriveKey(relayKey, 'enrolment-code')).update(code).digest('hex');
}
