import type { HistoryCall } from '../../relay/contract.ts';
import type { Format } from '../../utils/i18n/format.ts';
import { isWithheld } from '../../utils/live/is-withheld.ts';

/**
 * `2026-07-03 14.05 0912345678`, by the agent's own clock; nothing in it that a file system gives another meaning to.
 * @param shown the number as the player shows it
 */
export function recordingName({ startedAt, peer }: HistoryCall, shown: string, format: Format): string {
  const moment = format.stamp(startedAt).slice(0, 16).replace(':', '.');
  const digits = /^\+\d+$/.test(peer.number) ? shown.replace(/\s/g, '') : peer.number;
  const party = (isWithheld(peer.number) ? shown : digits).replace(/[^\p{L}\p{M}\p{N}+@._ -]/gu, '').slice(0, 80);
  return `${moment} ${party}`.trim();
}

/** The ending of the file that the relay names; `Content-Disposition` as in RFC 6266. */
export function endingOf(disposition: string | null): string {
  return /\.([a-z0-9]{2,4})"?(;|$)/i.exec(disposition ?? '')?.[1]?.toLowerCase() ?? 'mp3';
}
