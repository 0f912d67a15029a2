import { hkdfSync } from 'node:crypto';

/** Each purpose has its own key, so that a value made for one is worth nothing for another. */
export type KeyPurpose =
  | 'seal'
  | 'key-id'
  | 'key-check'
  | 'enrolment-code'
  | 'audit-head'
  | 'recording-ticket'
  | 'recording-cache';

/** Derived once for each key in memory: sealing and unsealing happen with every call. */
const derived = new WeakMap<Buffer, Map<KeyPurpose, Buffer>>();

/** 32 bytes for one purpose out of RELAY_KEY (HKDF-SHA256, RFC 5869). */
export function deriveKey(relayKey: Buffer, purpose: KeyPurpose): Buffer {
  const known = derived.get(relayKey) ?? new Map<KeyPurpose, Buffer>();
  derived.set(relayKey, known);
  const key = known.get(purpose) ?? Buffer.from(hkdfSync('sha256', relayKey, 'dialside', purpose, 32));
  known.set(purpose, key);
  return key;
}

/** Names a relay key without telling anything about it: 8 hex digits, kept beside everything that it sealed. */
export function keyIdOf(relayKey: Buffer): string {
  return deriveKey(relayKey, 'key-id').toString('hex').slice(0, 8);
}
