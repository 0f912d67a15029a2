import type { RejectReason } from './reasons.ts';
import type { Vocabulary } from './vocabulary.ts';

const signs = '$€£¥₫₹฿₩₽₱';
const currencyBefore = new RegExp(`[${signs}]\\.?\\s?$`);
type Neighbour =
  | 'currency'
  | 'unit'
  | 'after'
  | 'ending'
  | 'speechAfter'
  | 'nameAfter'
  | 'nameBefore'
  | 'codeAfter'
  | 'codeBefore'
  | 'addressBefore'
  | 'dialLink';
/** Where the words of each kind stand relative to the digits; … is replaced by the words. */
const sources: Record<Neighbour, string> = {
  currency: `^\\s?(?:[${signs}%‰°元円원]|(?:…|đ(?![/.]\\p{L}))(?!\\p{L}))`,
  unit: '^\\s?(?:…)(?!\\p{L})',
  // A word followed by digits of its own is the label of those digits.
  after: '^(?: *|\\s*[-(]\\s*)(?:…)(?![\\p{L}\\d]|[^(),;|\\n]{0,16}\\d{4})',
  ending: '^\\.(?:…)(?![\\p{L}\\d])',
  speechAfter: '^(?:…)(?![\\p{L}\\d_.@-])',
  nameAfter: '^_?(?:…)',
  nameBefore: '(?:…)[_-]?$',
  codeAfter: '^(?:…)',
  codeBefore: '…',
  addressBefore: '…',
  dialLink: '…',
};
let words: Vocabulary['patterns'];
const neighbours = new Map<Neighbour, RegExp>();

/** Sets the words that say, next to digits, what the digits are. */
export function setNeighbouringWords({ patterns }: Vocabulary): void {
  words = patterns;
  neighbours.clear();
}

/** Compiles each pattern on first use: where numbers stand alone, none is needed. */
function has(text: string, kind: Neighbour): boolean {
  let pattern = neighbours.get(kind);
  if (!pattern) {
    const source = sources[kind].replace('…', () => words[kind] ?? '');
    pattern = new RegExp(source, /^(?:name|code)/.test(kind) ? 'u' : 'iu');
    neighbours.set(kind, pattern);
  }
  return pattern.test(text);
}

// Letters of scripts with spaces between words; in other scripts a number directly touches the letters around it.
const spacedLetter = '[^\\P{L}\\u0530-\\u1cff\\u2c00-\\uffff]';
const letterBefore = new RegExp(`${spacedLetter}\\p{M}*$`, 'u');
const letterAfter = new RegExp(`^(?:${spacedLetter}|\\p{N})`, 'u');
// Only a text that starts like a word is compared with the words: mostly punctuation or nothing follows a number.
const speaks = /^\s*[-(]?\s*[^\s\d,.;:|)\]"'!?/]/;

export interface Surroundings {
  reject?: RejectReason;
  /** Letters or a mark directly before the digits make them part of a code, unless they are the label of a phone number. */
  glued?: boolean;
}

/** Judges what directly precedes and follows digits that begin with `first`: the unbroken word on each side, currency, units. */
export function surroundings(before: string, after: string, first: string): Surroundings {
  const word = before.slice(startOfWord(before));
  const joined = /^\S*/.exec(after)?.[0] ?? '';
  // `Vũ Minh Châu_0912345678_1992`, `Tâm-0912345678-Q12`: after a name, what follows the number does not make it a code.
  const named = first === '0' && word !== '' && has(before, 'nameBefore');
  // `4D56-…` is part of a code whatever the label says.
  const inCode = /\d[A-Z]{1,2}$/.test(word) ? 'part-of-code' : undefined;
  const reject =
    partOfAddress(word, joined) ?? inCode ?? amount(before, after) ?? (joined && !named ? partOfCode(joined) : undefined);
  if (reject) return { reject };
  if (speaks.test(after) && has(after, 'after')) return { reject: 'label' };
  const opened = first === '+' || first === '(';
  const tied = word !== '' && ((letterBefore.test(word) && !opened) || has(word, 'codeBefore'));
  return { glued: (tied && !named) || /=\s*$/.test(before) };
}

// A loop, because a regex anchored at the end would be tried from every character.
function startOfWord(before: string): number {
  let at = before.length;
  while (at > 0 && !/\s/.test(before.charAt(at - 1))) at--;
  return at;
}

function partOfAddress(word: string, joined: string): RejectReason | undefined {
  if (word && !has(word, 'dialLink')) {
    if (has(word, 'addressBefore')) return 'url';
    if (/@[\w.-]*$/.test(word)) return 'email';
  }
  if (!joined) return undefined;
  if (/^[\w.+-]*@[\p{L}\d]/u.test(joined)) return 'email';
  return has(joined, 'ending') ? 'file-name' : undefined;
}

function partOfCode(joined: string): RejectReason | undefined {
  if (has(joined, 'nameAfter')) return undefined;
  const letters = letterAfter.test(joined) && !has(joined, 'speechAfter');
  return letters || has(joined, 'codeAfter') ? 'part-of-code' : undefined;
}

function amount(before: string, after: string): RejectReason | undefined {
  if (before && currencyBefore.test(before)) return 'currency';
  if (!speaks.test(after)) return undefined;
  if (has(after, 'currency')) return 'currency';
  return has(after, 'unit') ? 'unit' : undefined;
}
