/** What is left out on a site, as page scripts need it: numbers however they are written, and whatever is written like a pattern. */
export interface HiddenRule {
  numbers: readonly string[];
  /** `#` for any digit: `0381000###`. */
  patterns: readonly string[];
}

export function isHiddenBy({ numbers, patterns }: HiddenRule, number: string, text: string): boolean {
  return numbers.includes(number) || patterns.some((pattern) => fits(text, pattern));
}

function fits(text: string, pattern: string): boolean {
  return (
    text.length === pattern.length &&
    [...pattern].every((mark, at) => mark === text[at] || (mark === '#' && /\d/.test(text[at] as string)))
  );
}
