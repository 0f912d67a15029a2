import { type ContextWords, contextWords } from './context-words.ts';
import { fold } from './fold.ts';

/** What a label word says about the digits after it; a word listed under two kinds of a language takes the later one. */
const labelKinds = ['place', 'person', 'noun', 'code', 'thing', 'number', 'phone'] as const;
export type LabelKind = (typeof labelKinds)[number];
type PatternKind = Exclude<keyof ContextWords, LabelKind>;

/** The words of all languages in the form the finder uses: prepared once in the background instead of on every page. */
export interface Vocabulary {
  /** Label words by kind, separated by `|`, without diacritics and joiners; a word after `=` must match exactly. */
  labels: Partial<Record<LabelKind, string>>;
  /** A pattern of the label words in scripts without spaces between words. */
  unspaced: string;
  /** For each kind, the patterns of all languages as alternatives. */
  patterns: Partial<Record<PatternKind, string>>;
}

/**
 * Replacements for `\p{L}`, `\p{Ll}` and `\p{Lu}` in the patterns: the letters of the languages listed and of related scripts.
 * Unicode's own classes have hundreds of ranges and occur a hundred times; compiling them takes a page five times as long.
 */
const letters: Record<string, string> = {
  Ll: 'a-zß-öø-ÿăąćčďđęěğĩıłńňőơřśşšșťțũůűưźżžạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹά-ώа-џґ',
  Lu: 'A-ZÀ-ÖØ-ÞĂĄĆČĎĐĘĚĞĨİŁŃŇŐƠŘŚŞŠȘŤȚŨŮŰƯŹŻŽẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸΆΈ-ΊΌΎ-ΡΣ-ΫЀ-ЯҐ',
  L:
    'A-Za-zªµºÀ-ÖØ-öø-ˁ\u0370-\u0373\u0376\u0377\u037f\u0386\u0388-\u03f5\u03f7-\u0481\u048a-\u0556\u0561-\u0587' +
    '\u05d0-\u05ea\u0620-\u064a\u066e-\u066f\u0671-\u06d3\u0904-\u0939\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0' +
    '\u10a0-\u10fa\u10fc-\u135a\u1780-\u17b3\u1c90-\u1fbc\u1fc2-\u1ffc\u2c00-\u2ce4\u3005\u3006\u3031-\u3035\u3041-\u3096' +
    '\u309d-\u309f\u30a1-\u30fa\u30fc-\u318e\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufad9\ufb50-\ufbb1' +
    '\ufe70-\ufefc\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc',
};

let read: Vocabulary | undefined;

/** The words of `context-words.ts`. */
export function vocabulary(): Vocabulary {
  read ??= readVocabulary(contextWords);
  return read;
}

function readVocabulary(languages: readonly ContextWords[]): Vocabulary {
  const kinds = new Map<string, LabelKind>();
  const together = new Set<string>();
  const patterns: Vocabulary['patterns'] = {};
  for (const language of languages) {
    for (const kind of labelKinds)
      for (const entry of language[kind]?.split('|') ?? []) {
        const word = fold(entry);
        if (/[\u0e00-\uffff]/.test(word)) together.add(word);
        kinds.set(entry.startsWith('=') ? entry : word.replace(/[\s_/-]|\.(?!$)/g, ''), kind);
      }
    for (const [kind, pattern] of Object.entries(language) as [PatternKind, string][])
      if (!isLabelKind(kind)) patterns[kind] = joined(patterns[kind], withPlainClasses(pattern));
  }
  const labels: Vocabulary['labels'] = {};
  for (const [word, kind] of kinds) labels[kind] = joined(labels[kind], word);
  return { labels, unspaced: [...together].sort((a, b) => b.length - a.length).join('|'), patterns };
}

function joined(alternatives: string | undefined, one: string): string {
  return alternatives === undefined ? one : `${alternatives}|${one}`;
}

function withPlainClasses(pattern: string): string {
  return pattern.replace(/\[(?:[^\]\\]|\\.)*\]|\\p\{L[lu]?\}/g, (part) => {
    const plain = part.replace(/\\p\{(L[lu]?)\}/g, (_, kind: string) => letters[kind] ?? '');
    return part.startsWith('[') ? plain : `[${plain}]`;
  });
}

function isLabelKind(kind: string): kind is LabelKind {
  return (labelKinds as readonly string[]).includes(kind);
}
