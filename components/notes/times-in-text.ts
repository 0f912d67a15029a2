/** A time of the recording that stands in a note, and the words behind it up to the end of its line or the next time. */
export interface TimeInText {
  seconds: number;
  label: string;
  words: string;
}

const time = /(?<![\d:])(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)(?![\d:])/g;

/** @param duration seconds; a time beyond it is one of the day, such as "call back at 14:30" */
export function timesInText(text: string, duration: number): TimeInText[] {
  return text.split('\n').flatMap((line) => {
    const found = [...line.matchAll(time)].flatMap((match) => {
      const [label, hours = 0, minutes = 0, seconds = 0] = match;
      const at = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
      return at <= duration ? [{ seconds: at, label, start: match.index, end: match.index + label.length }] : [];
    });
    return found.map(({ seconds, label, end }, index) => ({
      seconds,
      label,
      words: line.slice(end, found[index + 1]?.start).trim(),
    }));
  });
}

/** The note with the time on a line of its own at the end, ready for words. */
export function withTime(text: string, label: string): string {
  const before = text.trimEnd();
  return `${before}${before === '' ? '' : '\n'}${label} `;
}
