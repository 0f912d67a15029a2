import type { ContextWords } from './context-words.ts';
import type { RejectReason } from './reasons.ts';

const signs = '$€£¥₫₹฿₩₽₱';
const currencyBefore = new RegExp(`[${signs}]\\.?\\s?$`);
type Following = 'currency' | 'unit' | 'after' | 'ending';
const endings: [Following, (words: string) => string][] = [
  ['currency', (words) => `\\s?(?:[${signs}%‰°元円원]|(?:${words}|đ(?![/.]\\p{L}))(?!\\p{L}))`],
  ['unit', (words) => `\\s?(?:${words})(?!\\p{L})`],
  // With digits of its own behind it, such a word is the label of those.
  ['after', (words) => `\\s*[-(]?\\s*(?:${words})(?![\\p{L}\\d]|[\\s:.#-]{0,3}\\d{4})`],
  ['ending', (words) => `\\.(?:${words})(?![\\p{L}\\d])`],
];
let following = {} as Record<Following, RegExp>;

/** Gives the words that tell, behind digits, what they are. */
export function useFollowingWords(given: readonly ContextWords[]): void {
  following = Object.fromEntries(
    endings.map(([kind, pattern]) => {
      const words = given.flatMap((each) => each[kind] ?? []).join('|');
      return [kind, new RegExp(`^${pattern(words)}`, 'iu')];
    }),
  ) as typeof following;
}

// Scripts that set words apart: in others a number stands against letters without a space.
const spacedLetter = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}]';
const letterBefore = new RegExp(`${spacedLetter}\\p{M}*$`, 'u');
const letterAfter = new RegExp(`^(?:${spacedLetter}|\\p{N})`, 'u');
// Most of what follows a number ends it; only the rest is compared with words.
const speaks = /^\s*[-(]?\s*[^\s\d,.;:|)\]"'!?/]/;
const wordAfter =
  /^(?:(?:zalo|viber|hoac|gap|goi|chi|anh|or)(?!\p{Ll})|(?!(?:người|năm|tháng|giờ)(?!\p{L}))(?=\p{Ll}*[\u00e0-\u024f\u1ea0-\u1ef9])\p{Ll}+(?![\p{L}\d_.@-]))/iu;
// A name runs on where the number ends: `0912345678Mai Anh`. A word with marked letters is speech, no code; capitals can be one: `QĐ0912345678`.
const nameAfter = /^_?\p{Lu}\p{Ll}+(?![\p{L}\d_.@-])/u;
// A single syllable is a name where it can be one in Vietnamese: `Lan0912345678`, not `Test0912345678`.
const nameBefore =
  /(?:\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+|[\u00c0-\u024f\u1ea0-\u1ef9]\p{Ll}*(?<=\p{Ll})|(?<![^\s,;(])(?=\p{Lu})(?!Don)(?:[BCDGHKLMNPQRSTVX]h?r?|Ngh?)?[AEIOUYaeiouy][aeiouy]{0,2}(?:[mnpt]|ch?|n[gh])?(?<=\p{Ll}))_?$/u;
const codeAfter = /^(?:[_@=\\^#]|\*+\d|:\d|-?\p{Lu}+\d|,\d\d?(?!\d| ?\p{L})|\/\p{Lu}{1,5}(?:[-/\s\d]|$))/u;
const codeBefore = /[\p{N}_@=#\\^&]$|\d\*+$|(?:^|[^\p{L}\d])(?:\p{Lu}{1,5}|(?=\p{L}*\d)(?=\d*\p{L})[\p{L}\d]+)[-./]$/u;
const addressBefore =
  /:\/\/|^["'(<[]*www\.|[?&][\w-]+=|\.(?:com|net|org|vn|io|me|co|info|app|dev)(?:[/:?]|$)|[\\/][^\s\\/]*[\\/][^\s\\/]*$/i;
// Addresses that are made of the number itself.
const dialLink = /^["'(<[]*(?:(?:tel|callto|sms|sip|whatsapp):\/{0,2}|(?:https?:\/\/)?(?:zalo|wa)\.me\/)$/i;
const uuidBefore = /(?:^|[^\p{L}\d])(?=[\da-f-]*[a-f])[\da-f]{4,}-(?:[\da-f]{4}-)*$/iu;

export interface Surroundings {
  reject?: RejectReason;
  /** Letters or a mark stand right before the digits: part of a code, unless they are the label of a phone number. */
  glued?: boolean;
}

/** What stands directly before and after digits that begin with `first`: the unbroken word on both sides, currency and units. */
export function surroundings(before: string, after: string, first: string): Surroundings {
  const word = before.slice(startOfWord(before));
  const joined = /^\S*/.exec(after)?.[0] ?? '';
  const named = first === '0' && nameBefore.test(before);
  // `Vũ Minh Châu_0912345678_1992`: parts of a contact, not of a code.
  const isPart = joined && !(named && joined.startsWith('_') && word.endsWith('_'));
  const reject = partOfAddress(word, joined) ?? amount(before, after) ?? (isPart ? partOfCode(joined) : undefined);
  if (reject) return { reject };
  if (speaks.test(after) && following.after.test(after)) return { reject: 'label' };
  const opened = first === '+' || first === '(';
  const tied = word !== '' && ((letterBefore.test(word) && !opened) || codeBefore.test(word));
  return { glued: (tied && !named) || /=\s*$/.test(before) };
}

// A pattern anchored at the end would be tried from every character.
function startOfWord(before: string): number {
  let at = before.length;
  while (at > 0 && !/\s/.test(before.charAt(at - 1))) at--;
  return at;
}

function partOfAddress(word: string, joined: string): RejectReason | undefined {
  if (word && !dialLink.test(word)) {
    if (addressBefore.test(word)) return 'url';
    if (/@[\w.-]*$/.test(word)) return 'email';
    if (uuidBefore.test(word)) return 'part-of-code';
  }
  if (!joined) return undefined;
  if (/^[\w.+-]*@[\p{L}\d]/u.test(joined)) return 'email';
  return following.ending.test(joined) ? 'file-name' : undefined;
}

function partOfCode(joined: string): RejectReason | undefined {
  if (nameAfter.test(joined)) return undefined;
  const letters = letterAfter.test(joined) && !wordAfter.test(joined);
  return letters || codeAfter.test(joined) ? 'part-of-code' : undefined;
}

function amount(before: string, after: string): RejectReason | undefined {
  if (before && currencyBefore.test(before)) return 'currency';
  if (!speaks.test(after)) return undefined;
  if (following.currency.test(after)) return 'currency';
  return following.unit.test(after) ? 'unit' : undefined;
}
