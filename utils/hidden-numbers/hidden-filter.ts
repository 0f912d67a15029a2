import type { HiddenRule } from './hidden-rule.ts';

/** Digits that a person marked as no phone number: `number` as the finder read them, `text` as written on the page. */
export interface HiddenNumber {
  number: string;
  text: string;
}

const ALIKE_NEEDED = 3;
const DIGITS_IN_COMMON = 3;
/**
 * This many trailing digits may differ, since order numbers count up there; more would also hide whole blocks of real numbers.
 */
const DIGITS_APART = 3;

/**
 * What to hide on a site: the marked numbers in any notation, and, once three of them are written alike except for their last
 * digits, everything that matches their pattern.
 */
export function ruleOf(hidden: readonly HiddenNumber[]): HiddenRule {
  return { numbers: hidden.map(({ number }) => number), patterns: sharedPatterns(hidden) };
}

/** The patterns shared by numbers that are written alike, with `#` for any digit: `0381000###`. */
export function sharedPatterns(hidden: readonly HiddenNumber[]): string[] {
  const texts = hidden.map(({ text }) => text);
  return [...new Set(texts.map(stemOf))].flatMap((stem) => {
    const alike = texts.filter((text) => stemOf(text) === stem);
    const pattern = stem.replace(/#/g, (mark, at: number) =>
      alike.every((text) => text[at] === alike[0]?.[at]) ? (alike[0]?.[at] ?? mark) : mark,
    );
    const common = pattern.replace(/\D/g, '').length;
    return new Set(alike).size >= ALIKE_NEEDED && common >= DIGITS_IN_COMMON ? [pattern] : [];
  });
}

function stemOf(text: string): string {
  let left = text.replace(/\D/g, '').length - DIGITS_APART;
  return text.replace(/\d/g, (digit) => (left-- > 0 ? digit : '#'));
}
