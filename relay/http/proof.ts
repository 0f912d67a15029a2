import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { importProofKey, isSignedBy, PublicJwkSchema } from './proof-key.ts';
import { RelayError } from './relay-error.ts';

/** A proof is accepted up to this long before and after its time stamp. */
const proofWindowMs = 30_000;

interface ExpectedProof {
  method: string;
  /** Public address and path, without query (RFC 9449 §4.2 `htu`). */
  url: string;
  /** The token that the proof must be bound to (`ath`); null for a request without a token. */
  token: string | null;
  /** Epoch milliseconds. */
  now: number;
}

const HeaderSchema = v.object({
  typ: v.literal('dpop+jwt'),
  alg: v.literal('ES256'),
  jwk: PublicJwkSchema,
  // RFC 7515 §4.1.11: a recipient must reject extensions it does not understand, and this one understands none.
  crit: v.optional(v.never()),
});
const ClaimsSchema = v.object({
  htm: v.string(),
  htu: v.string(),
  iat: v.number(),
  jti: v.pipe(v.string(), v.minLength(8), v.maxLength(100)),
  ath: v.optional(v.string()),
});

/** Checks a DPoP proof as RFC 9449 §4.3 lists, except that it is unused. Throws `proof_rejected` or `proof_stale`. */
export function verifyProof(proof: string | undefined, expected: ExpectedProof): { thumbprint: string; jti: string } {
  if (!proof || proof.length > 2000) throw new RelayError('proof_rejected');
  const [header = '', payload = '', signature = '', ...rest] = proof.split('.');
  const { jwk } = readPart(HeaderSchema, header);
  const claims = readPart(ClaimsSchema, payload);
  const key = importProofKey(jwk);
  if (rest.length > 0 || !key || !isSignedBy(key, `${header}.${payload}`, signature)) throw new RelayError('proof_rejected');

  const ath = expected.token === null ? undefined : createHash('sha256').update(expected.token).digest('base64url');
  const isForThis = claims.htm === expected.method && isSameAddress(claims.htu, expected.url) && claims.ath === ath;
  if (!isForThis) throw new RelayError('proof_rejected');
  if (Math.abs(claims.iat * 1000 - expected.now) > proofWindowMs) throw new RelayError('proof_stale');
  return { thumbprint: key.thumbprint, jti: claims.jti };
}

function readPart<Schema extends v.GenericSchema>(schema: Schema, part: string): v.InferOutput<Schema> {
  try {
    return v.parse(schema, JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch (error) {
    throw new RelayError('proof_rejected', { cause: error });
  }
}

/** Query and fragment are ignored, and so are the case of scheme and host and a default port (RFC 9449 §4.3, RFC 3986 §6.2). */
function isSameAddress(told: string, expected: string): boolean {
  if (told === expected) return true;
  const address = (url: URL) => url.origin + url.pathname;
  return URL.canParse(told) && address(new URL(told)) === address(new URL(expected));
}
