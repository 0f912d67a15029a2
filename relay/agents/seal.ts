import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { deriveKey, keyIdOf } from '../keys.ts';

/** The cell that a sealed value belongs to. It is part of the authenticated data, so a value moved elsewhere does not open. */
export interface SealedPlace {
  table: string;
  column: string;
  row: string;
}

/** AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). Returns `v1.<key id>.<nonce, text, tag in base64url>`. */
export function seal(relayKey: Buffer, place: SealedPlace, plain: string): string {
  const keyId = keyIdOf(relayKey);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealKey(relayKey), nonce);
  cipher.setAAD(associatedData(place, keyId));
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `v1.${keyId}.${Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url')}`;
}

/** Throws when the value was altered, belongs to another cell, or was sealed by another RELAY_KEY. */
export function unseal(relayKey: Buffer, place: SealedPlace, sealed: string): string {
  const [version, keyId = '', body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  if (version !== 'v1' || bytes.length < 28) throw new Error(`${place.table}.${place.column} does not hold a sealed value.`);
  if (keyId !== keyIdOf(relayKey))
    throw new Error(`${place.table}.${place.column} was sealed with another RELAY_KEY (${keyId}).`);
  const decipher = createDecipheriv('aes-256-gcm', sealKey(relayKey), bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(associatedData(place, keyId));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
}

/** Creating a key object takes Node longer than opening a value with it. */
const sealKeys = new WeakMap<Buffer, KeyObject>();

function sealKey(relayKey: Buffer): KeyObject {
  const key = sealKeys.get(relayKey) ?? createSecretKey(deriveKey(relayKey, 'seal'));
  sealKeys.set(relayKey, key);
  return key;
}

function associatedData({ table, column, row }: SealedPlace, keyId: string): Buffer {
  return Buffer.from([table, column, row, keyId].join('|'));
}
