const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };

/** A P-256 key pair whose private key can sign but not be exported. */
export function createDeviceKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
}
