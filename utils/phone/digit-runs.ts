/** Digits written without a separator between them. */
export interface Group {
  digits: string;
  start: number;
  end: number;
  plus: boolean;
  /** The characters between this group and the next, without invisible ones. */
  gap: string;
}

const invisible = 0x200b;
const separators = new Set([...' \t\n\r()[].-~/+_\u200b'].map((character) => character.charCodeAt(0)));
const plusBefore = /\+[\s(\u200b]{0,3}$/;

/**
 * Stretches of digits and separators in a normalised text that hold at least `fewest` digits, split into groups. This runs over
 * every character of every page, hence the loop over character codes instead of a regex.
 */
export function digitRuns(text: string, fewest: number): Group[][] {
  const runs: Group[][] = [];
  let at = 0;
  while (at < text.length) {
    if (!isDigit(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const groups: Group[] = [];
    const begin = at;
    let count = 0;
    let next = at;
    while (next >= 0) {
      const start = next;
      const end = endOfGroup(text, start);
      const digits = visible(text.slice(start, end));
      count += digits.length;
      const last = groups.at(-1);
      const gap = last ? text.slice(last.end, start) : '';
      if (last) last.gap = visible(gap);
      // `+ 0912345678`: before a 0 the plus is a list bullet, not an international prefix.
      const plus =
        digits[0] !== '0' &&
        (last
          ? gap.includes('+') && plusBefore.test(gap)
          : start > 0 && plusBefore.test(text.slice(Math.max(0, start - 4), start)));
      groups.push({ digits, start, end, plus, gap: '' });
      at = end;
      next = digitAfterSeparators(text, end);
    }
    if (count >= fewest && at - begin >= fewest) runs.push(groups);
  }
  return runs;
}

function endOfGroup(text: string, start: number): number {
  let end = start + 1;
  for (let at = end; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) end = at + 1;
    else if (code !== invisible) break;
  }
  return end;
}

function digitAfterSeparators(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) return at;
    // A comma directly between two digits, as in `0852,604,917`, continues the run.
    if (!separators.has(code) && !(code === 44 && at === from && isDigit(text.charCodeAt(at + 1)))) return -1;
  }
  return -1;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function visible(text: string): string {
  return text.includes('\u200b') ? text.replaceAll('\u200b', '') : text;
}
