import type { HiddenRule } from './hidden-rule.ts';

/** Digits a person said are no phone number: as the finder read them, and as they stood on the page. */
export interface HiddenNumber {
  number: string;
  text: string;
}

const ALIKE_NEEDED = 3;
const DIGITS_IN_COMMON = 3;
/** So many at the end may differ: orders are counted there, and more would take a whole block of real numbers along. */
const DIGITS_APART = 3;

/**
 * What to leave out on a site: those numbers however they are written, and, once three of them are written alike but for their last
 * digits, whatever is written so.
 */
export function ruleOf(hidden: readonly HiddenNumber[]): HiddenRule {
  return { numbers: hidden.map(({ number }) => number), patterns: sharedPatterns(hidden) };
}

/** The patterns that come of numbers written alike, `#` for any digit: `0381000###`. */
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
