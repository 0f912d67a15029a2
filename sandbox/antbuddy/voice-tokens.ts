import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** The four interpretations of `expire` (reading note 11). */
export const expireFormats = ['seconds', 'milliseconds', 'iso', 'relative'] as const;
export type ExpireFormat = (typeof expireFormats)[number];

export interface VoiceTokens {
  /** The body of section 4.3: `{ value, expire }`. */
  issue(sipUser: string): { value: string; expire: number | string };
  /** Expiry in epoch milliseconds; undefined when the token is unknown or has expired. */
  validUntil(value: string): number | undefined;
  /** Expires all tokens. */
  revokeAll(): void;
}

export function createVoiceTokens(clock: Clock, ttlMs: number, format: () => ExpireFormat): VoiceTokens {
  const ends = new Map<string, number>();
  return {
    issue(sipUser) {
      const value = `${Buffer.from(sipUser).toString('base64url')}.${randomBytes(24).toString('base64url')}`;
      const end = clock.now() + ttlMs;
      ends.set(value, end);
      return { value, expire: formatExpire(end, ttlMs, format()) };
    },
    validUntil(value) {
      const end = ends.get(value);
      return end !== undefined && end > clock.now() ? end : undefined;
    },
    revokeAll: () => ends.clear(),
  };
}

function formatExpire(end: number, ttlMs: number, format: ExpireFormat): number | string {
  if (format === 'iso') return new Date(end).toISOString();
  if (format === 'milliseconds') return end;
  return Math.floor((format === 'seconds' ? end : ttlMs) / 1000);
}
