/** A time of the recording that stands in a note, and the words behind it in its line. */
export interface TimeInText {
  seconds: number;
  label: string;
  words: string;
}

const time = /^[ \t]*((?:(\d{1,2}):)?([0-5]?\d):([0-5]\d))(?![\d:])(.*)$/gm;

/**
 * The times that begin a line, as `withTime` writes them; one in the middle of a sentence is of the day, such as "call back at 9:15".
 * @param duration seconds; nothing is beyond it
 */
export function timesInText(text: string, duration: number): TimeInText[] {
  return [...text.matchAll(time)].flatMap(([, label = '', hours = 0, minutes = 0, seconds = 0, words = '']) => {
    const at = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return at <= duration ? [{ seconds: at, label, words: words.trim() }] : [];
  });
}

/** The note with the time on a line of its own at the end, ready for words. */
export function withTime(text: string, label: string): string {
  const before = text.trimEnd();
  return `${before}${before === '' ? '' : '\n'}${label} `;
}
