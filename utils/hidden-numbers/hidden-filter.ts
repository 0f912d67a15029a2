import type { HiddenRule } from './hidden-rule.ts';

/** Digits a person said are no phone number: as the finder read them, and as they stood on the page. */
export interface HiddenNumber {
  number: string;
  text: string;
}

const ALIKE_NEEDED = 3;
const DIGITS_IN_COMMON = 3;

/**
 * What to leave out on a site: those numbers however they are written, and, once three of them are written alike, whatever is
 * written so and has the digits which the three have in common. Fewer than three in common and the pattern would take real
 * numbers along (`0### ### ###` is most of Vietnam), so then there is none.
 */
export function ruleOf(hidden: readonly HiddenNumber[]): HiddenRule {
  return { numbers: hidden.map(({ number }) => number), patterns: sharedPatterns(hidden) };
}

/** The patterns that come of numbers written alike, `#` for any digit: `0381000###`. */
export function sharedPatterns(hidden: readonly HiddenNumber[]): string[] {
  const texts = hidden.map(({ text }) => text);
  return [...new Set(texts.map(shapeOf))].flatMap((shape) => {
    const alike = texts.filter((text) => shapeOf(text) === shape);
    const pattern = shape.replace(/./g, (mark, at: number) =>
      alike.every((text) => text[at] === alike[0]?.[at]) ? (alike[0]?.[at] ?? mark) : mark,
    );
    const common = pattern.replace(/\D/g, '').length;
    return new Set(alike).size >= ALIKE_NEEDED && common >= DIGITS_IN_COMMON ? [pattern] : [];
  });
}

function shapeOf(text: string): string {
  return text.replace(/\d/g, '#');
}
