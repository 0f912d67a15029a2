// Zero-width and direction marks, soft hyphen, keycap parts: they may occur anywhere inside a number.
const invisible = '\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff\u20e3';
const spaces = '\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000';
const dashes = '\u2010-\u2015\u2043\u2212\u30fc\ufe58\ufe63';
const digits = '\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59';
const dots = '\u00b7\u2022\u2024\u2027\u2219\u30fb';
// The letter O typed for a zero: `O9O1 67 35 82`, but not `… o 333 1234567`.
const zero = '(?<=\\d[oO]?)[oO](?=[oO]?[ .-]?\\d)|(?<=\\d[ .-]|^|[\\s:(,])[oO](?=[oO]?\\d)';
const exotic = new RegExp(`[${invisible}${spaces}${dashes}${digits}${dots}\u223c\u301c\uff01-\uff5e\u3001]|${zero}`);
// A dot between spaces separates items: `Mai · 0912 345 678 · 2 tấn`.
const apart = new RegExp(`(?<= )[${dots}](?= )`, 'g');
const eachExotic = new RegExp(exotic.source, 'g');

const classes: [RegExp, string][] = [
  [new RegExp(`[${invisible}]`), '\u200b'],
  [new RegExp(`[${spaces}]`), ' '],
  [new RegExp(`[${dashes}]`), '-'],
  [new RegExp(`[${dots}]`), '.'],
  [/[\u223c\u301c]/, '~'],
  [/\u3001/, ','],
  [/o/i, '0'],
];
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];
const plain = new Map<string, string>();

/**
 * The same text with digits, spaces, dashes and full-width forms in ASCII and every invisible character as U+200B. Each character
 * is replaced by exactly one, so offsets are valid in both texts.
 */
export function normalizeText(text: string): string {
  return exotic.test(text) ? text.replace(apart, '|').replace(eachExotic, plainOf) : text;
}

function plainOf(character: string): string {
  let known = plain.get(character);
  if (known === undefined) {
    known = lookUp(character);
    plain.set(character, known);
  }
  return known;
}

function lookUp(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xff01) return String.fromCharCode(code - 0xfee0);
  const zero = zeros.find((start) => code >= start && code <= start + 9);
  if (zero) return String(code - zero);
  return classes.find(([pattern]) => pattern.test(character))?.[1] ?? character;
}
