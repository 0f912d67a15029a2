import { hkdfSync } from 'node:crypto';

/** Each purpose has its own key, so that a value made for one is useless for another. */
type KeyPurpose = 'seal' | 'key-id' | 'key-check' | 'enrolment-code' | 'audit-head' | 'recording-ticket' | 'recording-cache';

/** Cached per key in memory: sealing and unsealing happen with every call. */
const derived = new WeakMap<Buffer, Map<KeyPurpose, Buffer>>();

/** Derives 32 bytes for one purpose from RELAY_KEY (HKDF-SHA256, RFC 5869). */
export function deriveKey(relayKey: Buffer, purpose: KeyPurpose): Buffer {
  const known = derived.get(relayKey) ?? new Map<KeyPurpose, Buffer>();
  derived.set(relayKey, known);
  const key = known.get(purpose) ?? Buffer.from(hkdfSync('sha256', relayKey, 'dialside', purpose, 32));
  known.set(purpose, key);
  return key;
}

/** Identifies a relay key without revealing it: 8 hex digits, stored with every value it sealed. */
export function keyIdOf(relayKey: Buffer): string {
  return deriveKey(relayKey, 'key-id').toString('hex').slice(0, 8);
}
