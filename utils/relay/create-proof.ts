import { base64url } from './base64url.ts';

interface ProofSubject {
  method: string;
  /** Query and fragment are left out of the proof (RFC 9449 §4.2). */
  url: string;
  /** Bound into the proof as `ath`; absent before enrolment. */
  token?: string;
  /** Epoch milliseconds by the relay's clock. */
  at: number;
}

/**
 * A DPoP proof (RFC 9449 §4.2): a JWT signed by the device's key for this one request.
 * Web Crypto's ECDSA signatures are already the r ‖ s of ES256 (RFC 7518 §3.4).
 */
export async function createProof(
  keys: CryptoKeyPair,
  subject: ProofSubject,
  newId = () => crypto.randomUUID(),
): Promise<string> {
  const { crv, kty, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { crv, kty, x, y } };
  const url = new URL(subject.url);
  const claims = {
    jti: newId(),
    htm: subject.method,
    htu: url.origin + url.pathname,
    iat: Math.floor(subject.at / 1000),
    ...(subject.token === undefined ? {} : { ath: await sha256(subject.token) }),
  };
  const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    keys.privateKey,
    new TextEncoder().encode(signed),
  );
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}

async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
