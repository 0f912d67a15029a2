import type { AntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import { isDue } from '../is-due.ts';

const marginMs = 30_000;
/** For an address that does not say when it ends. */
const unknownLifeMs = 60_000;
const keptAddresses = 1_000;

/** How long a failure stands, and an address that was asked for in another's stead: who asks in a loop asks AntBuddy once. */
const refusedMs = 60_000;

export interface SignedUrls {
  /** The recording's address; one question to AntBuddy however many ask at once. */
  get(fileName: string): Promise<URL>;
  /** Another than the address that was refused although it seemed to last; the same where it came of this, less than a minute ago. */
  renew(fileName: string): Promise<URL>;
}

/** Signed addresses of recordings (section 2), kept in memory until shortly before they end. */
export function createSignedUrls(antbuddy: Pick<AntBuddyClient, 'recordingUrl'>, now: () => number): SignedUrls {
  const kept = new Map<string, { url: Promise<URL>; askedAt: number; livesMs: number; isRenewed: boolean }>();

  function ask(fileName: string, isRenewed: boolean): Promise<URL> {
    const askedAt = now();
    const url = antbuddy.recordingUrl(fileName);
    const entry = { url, askedAt, livesMs: Number.POSITIVE_INFINITY, isRenewed };
    kept.delete(fileName);
    kept.set(fileName, entry);
    if (kept.size > keptAddresses) kept.delete(kept.keys().next().value as string);
    url.then(
      (address) => {
        const expiresAt = readExpires(address);
        entry.livesMs = expiresAt === null ? unknownLifeMs : expiresAt - marginMs - askedAt;
      },
      () => {
        entry.livesMs = refusedMs;
      },
    );
    return url;
  }

  return {
    get(fileName) {
      const known = kept.get(fileName);
      return known && !isDue(now(), known.askedAt, known.livesMs) ? known.url : ask(fileName, false);
    },
    renew(fileName) {
      const known = kept.get(fileName);
      return known?.isRenewed && !isDue(now(), known.askedAt, refusedMs) ? known.url : ask(fileName, true);
    },
  };
}

/** `Expires` in unix seconds (signature version 2, as in the document's example), or `X-Amz-Date` plus `X-Amz-Expires`. */
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
