import { createHmac, timingSafeEqual } from 'node:crypto';
import { isOngoing } from '../is-ongoing.ts';
import { deriveKey } from '../keys.ts';

export const ticketMs = 600_000;

interface TicketClaims {
  deviceId: string;
  callId: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** Permits a device to play one recording for ten minutes: `<device>.<expiry>.<HMAC-SHA256>`; the call is in the path. */
export function signTicket(relayKey: Buffer, claims: TicketClaims): string {
  return `${claims.deviceId}.${claims.expiresAt}.${macOf(relayKey, claims).toString('base64url')}`;
}

/** The claims of a ticket that is genuine, issued for this call and not expired; null otherwise. */
export function readTicket(relayKey: Buffer, ticket: string, callId: string, now: number): TicketClaims | null {
  const [, deviceId, expiry, mac] = /^([0-9a-f-]{36})\.(\d{13})\.([\w-]{43})$/.exec(ticket) ?? [];
  if (!deviceId || !mac) return null;
  const claims = { deviceId, callId, expiresAt: Number(expiry) };
  const given = Buffer.from(mac, 'base64url');
  const genuine = given.toString('base64url') === mac && timingSafeEqual(given, macOf(relayKey, claims));
  return genuine && isOngoing(claims.expiresAt, ticketMs, now) ? claims : null;
}

function macOf(relayKey: Buffer, { deviceId, callId, expiresAt }: TicketClaims): Buffer {
  return createHmac('sha256', deriveKey(relayKey, 'recording-ticket')).update(`${deviceId}|${callId}|${expiresAt}`).digest();
}
