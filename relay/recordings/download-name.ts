import { foldText } from '../history/fold-text.ts';

export interface RecordedCall {
  /** Epoch milliseconds. */
  startedAt: number;
  /** The other party's number. */
  number: string;
  /** AntBuddy's name for the recording; its extension is kept. */
  fileName: string;
}

/**
 * `Content-Disposition` that saves a recording as `2026-03-02 10.00 0912345678.mp3`, in the time zone `timeZone` (default: the
 * relay's own). It holds an ASCII name for old browsers and the exact one (RFC 6266 §4.3, RFC 8187).
 */
export function downloadDisposition({ startedAt, number, fileName }: RecordedCall, timeZone?: string): string {
  // The Swedish locale formats dates like ISO 8601.
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(startedAt);
  const ending = /\.([a-z0-9]{2,4})$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'mp3';
  // Removes characters that are special to a file system, a shell or this header.
  const party = number.replace(/[^\p{L}\p{M}\p{N}+@._ -]/gu, '').slice(0, 80);
  const name = `${date.replace(':', '.')} ${party}`.trim();
  const plain = foldText(name).replace(/[^\x20-\x7e]/g, '_');
  return `attachment; filename="${plain}.${ending}"; filename*=UTF-8''${encodeURIComponent(`${name}.${ending}`)}`;
}
