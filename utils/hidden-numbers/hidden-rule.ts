/** What page scripts hide on a site: `numbers` in any notation, and any text that matches one of `patterns`. */
export interface HiddenRule {
  numbers: readonly string[];
  /** `#` stands for any digit: `0381000###`. */
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
