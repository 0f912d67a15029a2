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
/** Where each kind stands, with … for its words. */
const sources: Record<Neighbour, string> = {
  currency: `^\\s?(?:[${signs}%‰°元円원]|(?:…|đ(?![/.]\\p{L}))(?!\\p{L}))`,
  unit: '^\\s?(?:…)(?!\\p{L})',
  // With digits of its own behind it, such a word is the label of those.
  after: '^\\s*[-(]?\\s*(?:…)(?![\\p{L}\\d]|[^\\d(),;|\\n]{0,16}\\d{4})',
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

/** Gives the words that tell, beside digits, what they are. */
export function useNeighbouringWords({ patterns }: Vocabulary): void {
  words = patterns;
  neighbours.clear();
}

/** Each pattern is read when it is first asked for: where numbers stand alone none is. */
function has(text: string, kind: Neighbour): boolean {
  let pattern = neighbours.get(kind);
  if (!pattern) {
    const source = sources[kind].replace('…', () => words[kind] ?? '');
    pattern = new RegExp(source, /^(?:name|code)/.test(kind) ? 'u' : 'iu');
    neighbours.set(kind, pattern);
  }
  return pattern.test(text);
}

// Scripts that set words apart: in others a number stands against letters without a space.
const spacedLetter = '[^\\P{L}\\u0530-\\u1cff\\u2c00-\\uffff]';
const letterBefore = new RegExp(`${spacedLetter}\\p{M}*$`, 'u');
const letterAfter = new RegExp(`^(?:${spacedLetter}|\\p{N})`, 'u');
// Most of what follows a number ends it; only the rest is compared with words.
const speaks = /^\s*[-(]?\s*[^\s\d,.;:|)\]"'!?/]/;

export interface Surroundings {
  reject?: RejectReason;
  /** Letters or a mark stand right before the digits: part of a code, unless they are the label of a phone number. */
  glued?: boolean;
}

/** What stands directly before and after digits that begin with `first`: the unbroken word on both sides, currency and units. */
export function surroundings(before: string, after: string, first: string): Surroundings {
  const word = before.slice(startOfWord(before));
  const joined = /^\S*/.exec(after)?.[0] ?? '';
  // `Vũ Minh Châu_0912345678_1992`, `Tâm-0912345678-Q12`: what goes on behind it is no code.
  const named = first === '0' && word !== '' && has(before, 'nameBefore');
  // `4D56-…`: whatever the label says.
  const inCode = /\d[A-Z]{1,2}$/.test(word) ? 'part-of-code' : undefined;
  const reject =
    partOfAddress(word, joined) ?? inCode ?? amount(before, after) ?? (joined && !named ? partOfCode(joined) : undefined);
  if (reject) return { reject };
  if (speaks.test(after) && has(after, 'after')) return { reject: 'label' };
  const opened = first === '+' || first === '(';
  const tied = word !== '' && ((letterBefore.test(word) && !opened) || has(word, 'codeBefore'));
  return { glued: (tied && !named) || /=\s*$/.test(before) };
}

// A pattern anchored at the end would be tried from every character.
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
