import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto';
import { isSameSecret } from '../is-same-secret.ts';

/** 32 MiB and about 60 ms; OWASP's password storage cheat sheet lists N=2^15, r=8, p=3 among its minimum settings for scrypt. */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } satisfies ScryptOptions;

/** `scrypt$<salt>$<key>`, base64url. */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(passphrase, salt);
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

export async function isPassphrase(passphrase: string, hash: string): Promise<boolean> {
  const [kind, salt = '', key = ''] = hash.split('$');
  if (kind !== 'scrypt') return false;
  const derived = await derive(passphrase, Buffer.from(salt, 'base64url'));
  return isSameSecret(derived.toString('base64url'), key);
}

/** NFC, so that a passphrase typed on two systems (é as one or two code points) gives the same key. */
function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
