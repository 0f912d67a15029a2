import { generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { makeKey, type ProofChanges } from '../testing/device.ts';
import { verifyProof } from './proof.ts';
import { createReplayGuard } from './replay-guard.ts';

const now = 1_800_000_000_000;
const url = 'https://relay.test/v1/me';
const key = await makeKey();
const verify = async (proof: string | undefined, token: string | null = 'token') =>
  verifyProof(proof, { method: 'GET', url, token, now });
const prove = (changes: ProofChanges = {}) => key.prove('GET', url, now, { token: 'token', ...changes });
const claims = (changed: Record<string, unknown>) => prove({ claims: changed });
const header = (changed: Record<string, unknown>) => prove({ header: changed });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a proof', () => {
  it('tells the key it was made with (RFC 7638 thumbprint)', async () => {
    expect(await verify(await prove())).toEqual({ thumbprint: key.thumbprint, jti: expect.any(String) });
  });

  it.each<[what: string, proof: () => Promise<string>]>([
    ['30 s old', () => claims({ iat: now / 1000 - 30 })],
    ['30 s early', () => claims({ iat: now / 1000 + 30 })],
    ['for the host in capitals', () => claims({ htu: 'https://RELAY.test/v1/me' })],
    ['for the port spelled out', () => claims({ htu: 'https://relay.test:443/v1/me' })],
    ['with a query that does not count', () => claims({ htu: `${url}?a=1#b` })],
    ['with a key in WebCrypto’s words', () => header({ jwk: { ...key.jwk, ext: true, key_ops: ['verify'] } })],
  ])('is taken when %s', async (_what, proof) => {
    expect(await verify(await proof())).toMatchObject({ thumbprint: key.thumbprint });
  });

  it.each<[what: string, code: string, proof: () => Promise<string | undefined>]>([
    ['missing', 'proof_rejected', async () => undefined],
    ['empty', 'proof_rejected', async () => ''],
    ['no token at all', 'proof_rejected', async () => 'a.b.c'],
    ['endless', 'proof_rejected', async () => 'a'.repeat(100_000)],
    ['31 s old', 'proof_stale', () => claims({ iat: now / 1000 - 31 })],
    ['31 s early', 'proof_stale', () => claims({ iat: now / 1000 + 31 })],
    ['without a time', 'proof_rejected', () => claims({ iat: undefined })],
    ['with a time of text', 'proof_rejected', () => claims({ iat: '1800000000' })],
    ['for another method', 'proof_rejected', () => claims({ htm: 'POST' })],
    ['for another path', 'proof_rejected', () => claims({ htu: 'https://relay.test/v1/calls' })],
    ['for another host', 'proof_rejected', () => claims({ htu: 'https://evil.test/v1/me' })],
    ['for plain http', 'proof_rejected', () => claims({ htu: 'http://relay.test/v1/me' })],
    ['for no address', 'proof_rejected', () => claims({ htu: '/v1/me' })],
    ['without jti', 'proof_rejected', () => claims({ jti: undefined })],
    ['with a short jti', 'proof_rejected', () => claims({ jti: '1' })],
    ['for another token', 'proof_rejected', () => prove({ token: 'other' })],
    ['for no token', 'proof_rejected', () => prove({ token: null })],
    ['with a critical extension', 'proof_rejected', () => header({ crit: ['b64'], b64: true })],
    ['with a fourth part', 'proof_rejected', async () => `${await prove()}.x`],
    ['of another type', 'proof_rejected', () => header({ typ: 'JWT' })],
    ['without a key', 'proof_rejected', () => header({ jwk: undefined })],
    ['with a private key', 'proof_rejected', () => header({ jwk: { ...key.jwk, d: key.jwk.x } })],
    ['with a point off the curve', 'proof_rejected', () => header({ jwk: { ...key.jwk, x: key.jwk.y, y: key.jwk.x } })],
    ['with somebody else’s key', 'proof_rejected', async () => header({ jwk: (await makeKey()).jwk })],
    ['altered', 'proof_rejected', async () => `${(await prove()).slice(0, -4)}AAAA`],
    [
      'unsigned',
      'proof_rejected',
      async () => `${encode({ typ: 'dpop+jwt', alg: 'none', jwk: key.jwk })}.${(await prove()).split('.')[1]}.`,
    ],
    [
      'signed by HMAC with the public key',
      'proof_rejected',
      () =>
        new SignJWT({}).setProtectedHeader({ typ: 'dpop+jwt', alg: 'HS256', jwk: key.jwk }).sign(Buffer.from(String(key.jwk.x))),
    ],
    [
      'signed with RSA',
      'proof_rejected',
      async () =>
        new SignJWT({})
          .setProtectedHeader({ typ: 'dpop+jwt', alg: 'PS256', jwk: key.jwk })
          .sign((await generateKeyPair('PS256')).privateKey),
    ],
  ])('is refused when %s: %s', async (_what, code, proof) => {
    await expect(verify(await proof())).rejects.toEqual(expect.objectContaining({ name: 'RelayError', code }));
  });

  it('is taken however short the numbers of its signature are, and not with another signature', async () => {
    const isShort = (proof: string) => {
      const signature = Buffer.from(proof.split('.')[2] ?? '', 'base64url');
      return [signature[0] === 0, signature[32] === 0];
    };
    const seen = [0, 0];
    while (seen.some((times) => times < 1)) {
      const proof = await prove();
      for (const [half, short] of isShort(proof).entries()) if (short) seen[half] = (seen[half] ?? 0) + 1;
      expect(await verify(proof)).toMatchObject({ thumbprint: key.thumbprint });
    }
    const text = (await prove()).split('.').slice(0, 2).join('.');
    for (const bytes of [Buffer.alloc(64), Buffer.alloc(64, 1), Buffer.alloc(64, 255), Buffer.alloc(63, 1), Buffer.alloc(0)])
      await expect(verify(`${text}.${bytes.toString('base64url')}`)).rejects.toMatchObject({ code: 'proof_rejected' });
  });

  it('carries no token hash where there is no token yet', async () => {
    expect(await verify(await prove({ token: null }), null)).toMatchObject({ thumbprint: key.thumbprint });
    await expect(verify(await prove(), null)).rejects.toMatchObject({ code: 'proof_rejected' });
  });
});

describe('the memory of used proofs', () => {
  it.each([0, 1, 60_000, 60_999, 61_000, 100_000])(
    'knows a proof again for as long as it could be used (%d ms later)',
    (later) => {
      const guard = createReplayGuard();
      expect(guard.isFirst('other', now - 50_000)).toBe(true);
      expect(guard.isFirst('a', now)).toBe(true);
      if (later <= 61_000) expect(guard.isFirst('a', now + later)).toBe(false);
      else expect(guard.isFirst('b', now + later)).toBe(true);
    },
  );

  it('refuses what it could not remember', () => {
    const guard = createReplayGuard(61_000, 3);
    expect(['a', 'b', 'c'].map((id) => guard.isFirst(id, now))).toEqual([true, true, true]);
    expect(guard.isFirst('a', now)).toBe(false);
    expect(() => guard.isFirst('d', now)).toThrow(expect.objectContaining({ code: 'too_many_attempts' }));
    expect(guard.isFirst('d', now + 61_000)).toBe(true);
    expect(guard.isFirst('a', now + 61_000)).toBe(false);
  });

  it('forgets in the end', () => {
    const guard = createReplayGuard();
    guard.isFirst('a', now);
    expect(guard.isFirst('a', now + 200_000)).toBe(true);
  });
});
