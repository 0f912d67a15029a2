import type { AntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import { RelayError } from '../http/relay-error.ts';
import { isDue } from '../is-due.ts';

const marginMs = 30_000;
/** Assumed lifetime of an address without an expiry. */
const unknownLifeMs = 60_000;
/** Least lifetime: by a clock that is ahead, addresses end as soon as they are given. */
const shortestLifeMs = 10_000;
const keptAddresses = 1_000;

/**
 * How long a refusal is kept, and an address not renewed again, before AntBuddy is asked again, so that a client that loops causes
 * one request.
 */
const refusedMs = 60_000;
/** The same for failures that may be over at the next try. */
const passingMs = 3_000;
const passing: readonly string[] = ['upstream_unreachable', 'upstream_failed', 'upstream_busy'];

interface SignedUrls {
  /** The recording's address; concurrent callers share one request to AntBuddy. */
  get(fileName: string): Promise<URL>;
  /**
   * A new address in place of one that was refused before its stated expiry; the same if it was renewed less than a minute ago.
   */
  renew(fileName: string): Promise<URL>;
}

/** Signed addresses of recordings (section 2), kept in memory until shortly before they expire. */
export function createSignedUrls(antbuddy: Pick<AntBuddyClient, 'recordingUrl'>, now: () => number): SignedUrls {
  const kept = new Map<string, { url: Promise<URL>; askedAt: number; livesMs: number; renewedAt: number | null }>();

  function ask(fileName: string, renewedAt: number | null): Promise<URL> {
    const askedAt = now();
    const url = antbuddy.recordingUrl(fileName);
    const entry = { url, askedAt, livesMs: Number.POSITIVE_INFINITY, renewedAt };
    kept.delete(fileName);
    kept.set(fileName, entry);
    if (kept.size > keptAddresses) kept.delete(kept.keys().next().value as string);
    url.then(
      (address) => {
        const expiresAt = readExpires(address);
        entry.livesMs = expiresAt === null ? unknownLifeMs : Math.max(shortestLifeMs, expiresAt - marginMs - askedAt);
      },
      (error: unknown) => {
        entry.livesMs = error instanceof RelayError && passing.includes(error.code) ? passingMs : refusedMs;
      },
    );
    return url;
  }

  return {
    get(fileName) {
      const known = kept.get(fileName);
      return known && !isDue(now(), known.askedAt, known.livesMs) ? known.url : ask(fileName, known?.renewedAt ?? null);
    },
    renew(fileName) {
      const known = kept.get(fileName);
      return known?.renewedAt != null && !isDue(now(), known.renewedAt, refusedMs) ? known.url : ask(fileName, now());
    },
  };
}

/**
 * Expiry in epoch milliseconds, from `Expires` in unix seconds (signature version 2, as in the document's example) or
 * `X-Amz-Date` plus `X-Amz-Expires`; null if neither is present.
 */
export function readExpires({ searchParams }: URL): number | null {
  const seconds = /^\d{1,12}$/.exec(searchParams.get('Expires') ?? '');
  if (seconds) return Number(seconds[0]) * 1000;
  const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(searchParams.get('X-Amz-Date') ?? '') ?? [];
  const life = /^\d{1,8}$/.exec(searchParams.get('X-Amz-Expires') ?? '');
  if (!date || !time || !life) return null;
  const iso = `${date.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3')}T${time.replace(/(\d\d)(\d\d)(\d\d)/, '$1:$2:$3')}Z`;
  const expiresAt = Date.parse(iso) + Number(life[0]) * 1000;
  return Number.isNaN(expiresAt) ? null : expiresAt;
}
