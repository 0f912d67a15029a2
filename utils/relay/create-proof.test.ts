import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, importJWK, type JWK, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { createProof } from './create-proof.ts';
import { createDeviceKeys } from './device-keys.ts';

const AT = 1_790_000_000_999;

async function open(proof: string) {
  const { jwk } = decodeProtectedHeader(proof) as { jwk: JWK };
  return { jwk, ...(await jwtVerify(proof, await importJWK(jwk, 'ES256'), { currentDate: new Date(AT) })) };
}

describe('createProof', () => {
  it.each([
    {
      name: 'before there is a token',
      method: 'POST',
      url: 'https://r.example/v1/enrolments/redeem',
      token: undefined,
      htu: 'https://r.example/v1/enrolments/redeem',
    },
    { name: 'with a token', method: 'GET', url: 'https://r.example/v1/me', token: 'tok', htu: 'https://r.example/v1/me' },
    {
      name: 'without query and fragment',
      method: 'GET',
      url: 'https://r.example:8443/p/v1/history?q=1#x',
      token: 't',
      htu: 'https://r.example:8443/p/v1/history',
    },
    {
      name: 'with an escaped path',
      method: 'DELETE',
      url: 'https://r.example/v1/calls/a%2Fb',
      token: 't',
      htu: 'https://r.example/v1/calls/a%2Fb',
    },
  ])('says what RFC 9449 wants, $name', async ({ method, url, token, htu }) => {
    const keys = await createDeviceKeys();
    const { payload, protectedHeader, jwk } = await open(await createProof(keys, { method, url, token, at: AT }));
    expect(protectedHeader).toMatchObject({ typ: 'dpop+jwt', alg: 'ES256' });
    expect(Object.keys(jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
    expect(payload).toEqual({
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      htm: method,
      htu,
      iat: 1_790_000_000,
      ...(token ? { ath: createHash('sha256').update(token).digest('base64url') } : {}),
    });
    expect(await calculateJwkThumbprint(jwk)).toBe(
      await calculateJwkThumbprint((await crypto.subtle.exportKey('jwk', keys.publicKey)) as JWK),
    );
  });

  it('never repeats an identifier', async () => {
    const keys = await createDeviceKeys();
    const proofs = await Promise.all(
      Array.from({ length: 50 }, () => createProof(keys, { method: 'GET', url: 'https://r.example/', at: AT })),
    );
    const ids = await Promise.all(proofs.map(async (proof) => (await open(proof)).payload.jti));
    expect(new Set(ids).size).toBe(50);
  });

  it('signs with a key that cannot be taken out of the browser', async () => {
    const { privateKey } = await createDeviceKeys();
    expect(privateKey.extractable).toBe(false);
    for (const format of ['jwk', 'pkcs8'] as const) await expect(crypto.subtle.exportKey(format, privateKey)).rejects.toThrow();
  });
});
