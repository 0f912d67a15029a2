const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

/** A P-256 pair whose private half can sign but never leave the browser. */
export function createDeviceKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
}
