import type { Vocabulary } from './vocabulary.ts';

let pattern: RegExp;
const keypad = 'ABC2DEF3GHI4JKL5MNO6PQRS7TUV8WXYZ9';

export interface Vanity {
  start: number;
  end: number;
  plus: boolean;
  /** The keypad digits, longest reading first: letters beyond a number's end have no effect, so a shorter one counts too. */
  digits: string[];
}

const hint = /[0138]\d\d\)?[-. ]?(?:\d-)?[A-Z]/;

/** Sets the pattern of numbers spelt with letters. */
export function setVanityWords({ patterns }: Vocabulary): void {
  pattern = new RegExp(patterns.vanity ?? '', 'gu');
}

/** Numbers spelt with letters behind a freephone prefix: `1-800-FLOWERS`. */
export function vanityNumbers(text: string): Vanity[] {
  if (!hint.test(text)) return [];
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [written, country = '', prefix = '', word = ''] = match;
    const letters = word.replaceAll('-', '');
    if (letters.length < 6 || letters.length > 10 || letters.replace(/\d/g, '').length < 5) return [];
    const keys = letters.replace(/[A-Z]/g, (letter) => /\d/.exec(keypad.slice(keypad.indexOf(letter)))?.[0] ?? '');
    const dialled = country.replace(/\D/g, '') + prefix;
    const lengths = [7, 6].filter((length) => length <= keys.length);
    return [
      {
        start: match.index,
        end: match.index + written.length,
        plus: country.startsWith('+'),
        digits: lengths.map((length) => dialled + keys.slice(0, length)),
      },
    ];
  });
}
