import type { HistoryCall } from '../../relay/contract.ts';
import type { Format } from '../../utils/i18n/format.ts';
import { isWithheld } from '../../utils/live/is-withheld.ts';

/**
 * `2026-07-03 14.05 0912345678`, in the agent's time zone; contains no character that is special to a file system.
 * @param shown the number as the player shows it
 */
export function recordingName({ startedAt, peer }: HistoryCall, shown: string, format: Format): string {
  const moment = format.stamp(startedAt).slice(0, 16).replace(':', '.');
  const digits = /^\+\d+$/.test(peer.number) ? shown.replace(/\s/g, '') : peer.number;
  const party = (isWithheld(peer.number) ? shown : digits).replace(/[^\p{L}\p{M}\p{N}+@._ -]/gu, '').slice(0, 80);
  return `${moment} ${party}`.trim();
}

/** The file extension that the relay names; `Content-Disposition` as in RFC 6266. */
export function endingOf(disposition: string | null): string {
  return /\.([a-z0-9]{2,4})"?(;|$)/i.exec(disposition ?? '')?.[1]?.toLowerCase() ?? 'mp3';
}
