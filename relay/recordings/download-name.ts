import { foldText } from '../history/fold-text.ts';

export interface RecordedCall {
  /** Epoch milliseconds. */
  startedAt: number;
  /** The other party's. */
  number: string;
  /** As AntBuddy calls the recording; its ending is kept. */
  fileName: string;
}

/**
 * `Content-Disposition` that saves a recording as `2026-03-02 10.00 0912345678.mp3`, by the clock of `timeZone` (the relay's own
 * unless given): a plain name for every browser and the true one beside it (RFC 6266 §4.3, RFC 8187).
 */
export function downloadDisposition({ startedAt, number, fileName }: RecordedCall, timeZone?: string): string {
  // Swedish writes dates as ISO 8601 does.
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(startedAt);
  const ending = /\.([a-z0-9]{2,4})$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'mp3';
  // Nothing that a file system, a shell or this header gives another meaning to.
  const party = number.replace(/[^\p{L}\p{M}\p{N}+@._ -]/gu, '').slice(0, 80);
  const name = `${date.replace(':', '.')} ${party}`.trim();
  const plain = foldText(name).replace(/[^\x20-\x7e]/g, '_');
  return `attachment; filename="${plain}.${ending}"; filename*=UTF-8''${encodeURIComponent(`${name}.${ending}`)}`;
}
