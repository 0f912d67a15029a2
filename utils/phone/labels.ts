import { fold } from './fold.ts';
import type { LabelKind, Vocabulary } from './vocabulary.ts';

export interface Label {
  verdict: 'phone' | 'other';
  /** A `noun`, or a `thing` with words between it and the digits: a + or the grouping of a phone number outweighs it. */
  weak?: boolean;
}

interface Token {
  word: string;
  start: number;
  end: number;
}

interface FoundLabel {
  kind: LabelKind;
  /** As written in the text, without diacritics. */
  word: string;
  /** The text between the word and the digits. */
  gap: string;
}

const window = 64;
let words: Map<string, LabelKind>;
let unspaced: RegExp;
let filler: RegExp;
let valued: RegExp;
let listed: RegExp;
let numbered: RegExp;
const token = /[a-z\u0370-\u06ff°º]+|#/g;
const keyOf = /[\w.-]+=["']?$/;
const joiner = /^[\s._\-/]{0,3}$/;

/** Sets the words that labels are made of; a parameter, because the page script receives them by message. */
export function setLabelWords({ labels, unspaced: together, patterns }: Vocabulary): void {
  words = new Map();
  for (const [kind, known] of Object.entries(labels) as [LabelKind, string][])
    for (const word of known.split('|')) words.set(word, kind);
  unspaced = new RegExp(together, 'g');
  filler = new RegExp(`(?<![a-z])(?:${patterns.filler})(?![a-z])|[^\\p{L}]`, 'gu');
  valued = new RegExp(patterns.valued ?? '', 'u');
  listed = new RegExp(patterns.listed ?? '');
  numbered = new RegExp(`(?<![\\p{L}\\d])(?:${patterns.numbered})\\s*$`, 'u');
}

/** The label in a piece of normalised text that applies to the digits right after it, if there is one. */
export function labelBefore(before: string): Label | undefined {
  if (!/[A-Za-z\u00c0-\uffff]/.test(before)) return undefined;
  // `sms-gw msgId=0834471933`: only the key itself labels its value.
  const near = keyOf.exec(before)?.[0] ?? before.slice(-window);
  const labels = labelsIn(near).reverse();
  const named = unknownName(near, labels);
  if (named) return named;
  let person = false;
  for (const { kind, word, gap } of labels) {
    if (kind === 'person') person = true;
    else if (
      kind !== 'place' &&
      !(person && (kind === 'thing' || kind === 'noun' || gap.includes(',') || wordsIn(gap) > 3)) &&
      holds({ kind, word, gap })
    ) {
      // `Phone no.`, `Facture n°`: the word before the abbreviation decides.
      const owner =
        kind !== 'phone' &&
        /^(?:n(?:[or°º]|u?m)|#)/.test(word) &&
        labels.find(
          (label) => label.word !== word && label.kind !== 'place' && !/[\d"”]/.test(label.gap) && wordsIn(label.gap) === 0,
        );
      const decides = (owner || { kind }).kind;
      return {
        verdict: decides === 'phone' ? 'phone' : 'other',
        weak: decides === 'noun' || (decides === 'thing' && wordsIn(gap) > 0),
      };
    }
  }
  return undefined;
}

/** The label that words after the digits give them: `(mã KH)`, `là mã vận đơn,`, `(sđt đăng nhập)`. */
export function labelAfter(after: string): Label | undefined {
  const words = /^\s*(?:\(|là\s|la\s)([^\d(),.;|]{2,30})(?=[),.;|]|$)/u.exec(after)?.[1];
  const [label, named] = words ? labelsIn(words) : [];
  if (label?.kind === 'phone' && /dt|oai/.test(label.word)) return { verdict: 'phone' };
  // `(mã biên nhận bưu điện)`, but not `(mã vùng Hà Nội)`.
  const isCode = label?.kind === 'number' && (!/\p{L}/u.test(label.gap) || (label.word === 'ma' && named?.kind === 'thing'));
  return isCode ? { verdict: 'other' } : undefined;
}

/** What a column header or field label says about its cells; one such as `DocumentNo` may be words written together. */
export function labelOfField(label: string): Label | undefined {
  return labelOfWords(label) ?? labelOfWords(label.replace(/(\p{Ll}{2})(?=\p{Lu})/gu, '$1 '));
}

/** A header that names a phone anywhere is a phone header. */
function labelOfWords(label: string): Label | undefined {
  const found = labelsIn(label);
  if (found.some(({ kind }) => kind === 'phone')) return { verdict: 'phone' };
  const ofPerson = found.some(({ kind }) => kind === 'person');
  const isOther = found.some(
    ({ kind, gap }) =>
      kind === 'number' ||
      (kind === 'thing' && !ofPerson) ||
      ((kind === 'code' || (kind === 'noun' && !ofPerson)) && wordsIn(gap) === 0),
  );
  return isOther ? { verdict: 'other' } : unknownName(`${label}:`, labelsIn(`${label}:`));
}

/** Whether the text right before names a person: in a note the number is theirs, whatever the column header says. */
export function isOfPerson(before: string): boolean {
  // `anh Phú`: some personal names are also place words.
  const last = labelsIn(before.slice(-window)).findLast(({ kind }) => kind !== 'place');
  return last?.kind === 'person' && wordsIn(last.gap) < 4;
}

/** A label that names an unlisted kind of number, `Số vụ tổn thất: `, or the initials of one, `MVĐ: `. */
function unknownName(before: string, labels: readonly FoundLabel[]): Label | undefined {
  const name = numbered.exec(before)?.[0];
  if (!name) return undefined;
  const known = labels.filter(({ gap }) => gap.length < name.length);
  // `Số chị Hoa`, `Gọi số tiếp thị`: somebody's phone number.
  if (
    known.some(({ kind }) => kind === 'person' || kind === 'place') ||
    labels.some(({ kind, gap }) => kind === 'phone' && /^\D*$/.test(gap) && wordsIn(gap.slice(0, -name.length)) === 0)
  )
    return undefined;
  // Not weak: initials name a thing, never a person, as in `Số GCNBH 0938 274 115`.
  return { verdict: 'other', weak: false };
}

/** Whether a label still applies to the digits after the gap. */
function holds({ kind, word, gap }: FoundLabel): boolean {
  const words = wordsIn(gap);
  if (kind === 'phone') return words <= 6 && !/\n\s*\n/.test(gap);
  if (/\n\s*\n|[;|!?]|.\.\s/.test(gap) && !(kind === 'number' && /^\s*\|\s*$/.test(gap))) return false;
  if (valued.test(gap) || (/\d{3}/.test(gap) && !listed.test(gap))) return false;
  if (kind === 'code' || kind === 'noun') return words < (kind === 'code' || word === '#' ? 1 : 2) && !gap.includes(',');
  return words <= (/:\s*$/.test(gap) ? 5 : kind === 'number' ? 4 : 2);
}

function labelsIn(text: string): FoundLabel[] {
  const composed = text.normalize('NFC').toLowerCase().replaceAll('\u0307', '');
  const folded = fold(composed);
  const tokens = [...folded.matchAll(token)].map(({ 0: word, index }) => ({ word, start: index, end: index + word.length }));
  const labels: FoundLabel[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const most = Math.min(4, tokens.length - at);
    for (let count = most; count > 0; count--) {
      const end = tokens[at + count - 1]?.end ?? 0;
      const kind = kindOf(tokens.slice(at, at + count), folded, composed);
      if (!kind) continue;
      labels.push({ kind, word: folded.slice(tokens[at]?.start, end), gap: folded.slice(end) });
      at += count - 1;
      break;
    }
  }
  return /[\u0e00-\uffff]/.test(folded) ? [...labels, ...unspacedLabels(folded)].sort(byPlace) : labels;
}

function kindOf(tokens: readonly Token[], folded: string, composed: string): LabelKind | undefined {
  let key = '';
  for (const [at, { word, start }] of tokens.entries()) {
    const before = tokens[at - 1];
    if (before && !joiner.test(folded.slice(before.end, start))) return undefined;
    key += word;
  }
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (!first || !last) return undefined;
  const exact = words.get(`=${composed.slice(first.start, last.end)}`);
  const kind = exact ?? words.get(key + folded.charAt(last.end)) ?? words.get(key);
  // Compounds such as `Zaaknr.`, `Schadensnummer`
  return (
    kind ?? (last.word.endsWith('r') && /^\S\S+(?:nummer|nr)$/.test(folded.slice(first.start, last.end)) ? 'number' : undefined)
  );
}

/** Labels in scripts without spaces between words. */
function unspacedLabels(folded: string): FoundLabel[] {
  return [...folded.matchAll(unspaced)].flatMap(({ 0: word, index }) => {
    const kind = words.get(word);
    return kind ? [{ kind, word, gap: folded.slice(index + word.length) }] : [];
  });
}

function byPlace(a: FoundLabel, b: FoundLabel): number {
  return b.gap.length - a.gap.length;
}

function wordsIn(gap: string): number {
  return gap.replace(filler, ' ').trim().split(/\s+/).filter(Boolean).length;
}
