/** A playback time written in a note, and the words after it on its line. */
interface TimeInText {
  seconds: number;
  label: string;
  words: string;
}

const time = /^[ \t]*((?:(\d{1,2}):)?([0-5]?\d):([0-5]\d))(?![\d:])(.*)$/gm;

/**
 * The times at the start of a line, in the format of `withTime`; one inside a sentence is a time of day, such as "call back at
 * 9:15".
 * @param duration of the recording in seconds; later times are ignored
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
