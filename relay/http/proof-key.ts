import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import * as v from 'valibot';

const Coordinate = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
/** Strict, so that a private key (`d`) is refused as RFC 9449 §4.3 asks. */
export const PublicJwkSchema = v.strictObject({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: Coordinate,
  y: Coordinate,
  ext: v.optional(v.boolean()),
  key_ops: v.optional(v.array(v.string())),
});
type PublicJwk = v.InferOutput<typeof PublicJwkSchema>;

interface ProofKey {
  key: KeyObject;
  /** JWK thumbprint (RFC 7638). */
  thumbprint: string;
}

/** Number of imported keys kept: an import costs about as much as a signature check, and the same browsers return. */
const keptKeys = 2000;
const kept = new Map<string, ProofKey>();

/** Null when the point is not on the curve. */
export function importProofKey({ kty, crv, x, y }: PublicJwk): ProofKey | null {
  const canonical = JSON.stringify({ crv, kty, x, y });
  const known = kept.get(canonical);
  if (known) return known;
  const key = toKeyObject({ kty, crv, x, y });
  if (!key) return null;
  const imported = { key, thumbprint: createHash('sha256').update(canonical).digest('base64url') };
  const [oldest] = kept.keys();
  if (kept.size >= keptKeys && oldest !== undefined) kept.delete(oldest);
  kept.set(canonical, imported);
  return imported;
}

/** ES256: ECDSA over SHA-256, the signature being r and s concatenated (RFC 7518 §3.4). */
export function isSignedBy({ key }: ProofKey, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  return bytes.length === 64 && verify('sha256', Buffer.from(text), key, toDer(bytes));
}

/**
 * Encodes r and s as ASN.1 (RFC 3279 §2.2.3). Node accepts the concatenated form too, but only with options, whose parsing takes
 * more than half the time of a check.
 */
function toDer(signature: Buffer): Buffer {
  const numbers = [signature.subarray(0, 32), signature.subarray(32)].map((half) => {
    const start = half.findIndex((byte) => byte !== 0);
    const digits = start < 0 ? half.subarray(31) : half.subarray(start);
    // A leading zero byte, since a set top bit would make the number negative.
    const sign = (digits[0] as number) >= 0x80 ? [0] : [];
    return Buffer.from([0x02, digits.length + sign.length, ...sign, ...digits]);
  });
  const body = Buffer.concat(numbers);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

function toKeyObject(jwk: Pick<PublicJwk, 'kty' | 'crv' | 'x' | 'y'>): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return null;
  }
}
