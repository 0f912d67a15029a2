import type { AntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import { isDue } from '../is-due.ts';

const marginMs = 30_000;
/** For an address that does not say when it ends. */
const unknownLifeMs = 60_000;
const keptAddresses = 1_000;

export interface SignedUrls {
  /** The recording's address; one question to AntBuddy however many ask at once. */
  get(fileName: string): Promise<URL>;
  /** For an address that was refused although it seemed to last. */
  forget(fileName: string): void;
}

/** Signed addresses of recordings (section 2), kept in memory until shortly before they end. */
export function createSignedUrls(antbuddy: Pick<AntBuddyClient, 'recordingUrl'>, now: () => number): SignedUrls {
  const kept = new Map<string, { url: Promise<URL>; askedAt: number; livesMs: number }>();
  return {
    get(fileName) {
      const askedAt = now();
      const known = kept.get(fileName);
      if (known && !isDue(askedAt, known.askedAt, known.livesMs)) return known.url;
      const url = antbuddy.recordingUrl(fileName);
      const entry = { url, askedAt, livesMs: Number.POSITIVE_INFINITY };
      kept.delete(fileName);
      kept.set(fileName, entry);
      if (kept.size > keptAddresses) kept.delete(kept.keys().next().value as string);
      url.then(
        (address) => {
          const expiresAt = readExpires(address);
          entry.livesMs = expiresAt === null ? unknownLifeMs : expiresAt - marginMs - askedAt;
        },
        () => {
          if (kept.get(fileName) === entry) kept.delete(fileName);
        },
      );
      return url;
    },
    forget: (fileName) => kept.delete(fileName),
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
