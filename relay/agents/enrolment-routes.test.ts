import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../app.ts';
import { MeSchema, RedeemResponseSchema } from '../contract.ts';
import { readNetwork } from '../http/client-address.ts';
import { addDevice, makeKey } from '../testing/device.ts';
import { makeDeps, type TestDeps } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';
import { changeAgent, createAgent } from './agent-records.ts';
import { mintCode } from './enrolment-code.ts';
import { createEnrolment } from './enrolments.ts';
import { hashPassphrase } from './passphrase.ts';
import { guessesInAll } from './tries.ts';

let deps: TestDeps;
let app: ReturnType<typeof createApp>;
beforeEach(async () => {
  deps = await makeDeps();
  app = createApp(deps);
});
afterEach(() => deps.close());

const path = '/v1/enrolments/redeem';
async function redeem(
  code: string,
  {
    key,
    from = '192.0.2.1',
    passphrase,
    headers,
  }: { key?: Awaited<ReturnType<typeof makeKey>>; from?: string; passphrase?: string; headers?: Record<string, string> } = {},
) {
  const dpop = await (key ?? (await makeKey())).prove('POST', deps.config.publicUrl + path, deps.now());
  const body = JSON.stringify({ code, passphrase, deviceName: 'Chrome' });
  const response = await app.request(
    path,
    { method: 'POST', headers: { dpop, 'content-type': 'application/json', ...headers }, body },
    { incoming: { socket: { remoteAddress: from } } },
  );
  return { status: response.status, body: await response.json() };
}
const newCode = async (role: 'agent' | 'admin' = 'agent') => {
  const agent = await createAgent(deps, { name: `A ${deps.now()} ${role}`, role, username: null, sipUser: null }, 'test');
  return (await createEnrolment(deps, agent.id, 'test')).code;
};

describe('redeeming a code', () => {
  it('connects the browser that signed, and no other', async () => {
    const key = await makeKey();
    const { status, body } = await redeem(await newCode(), { key });
    expect(status).toBe(201);
    const { token, deviceId } = v.parse(RedeemResponseSchema, body);
    const me = async (signer: typeof key) =>
      app.request('/v1/me', {
        headers: {
          authorization: `DPoP ${token}`,
          dpop: await signer.prove('GET', `${deps.config.publicUrl}/v1/me`, deps.now(), { token }),
        },
      });
    const answer = await me(key);
    expect(v.parse(MeSchema, await answer.json())).toMatchObject({
      device: { id: deviceId, name: 'Chrome' },
      agent: { mapped: false },
      policy: { regions: ['VN'], recordingDownload: false },
    });
    expect((await me(await makeKey())).status).toBe(401);
  });

  it('connects nobody by a code that the clock, set back since, gives longer than it lives', async () => {
    const code = await newCode();
    deps.advance(-61_000);
    expect((await redeem(code)).status).toBe(404);
    deps.advance(2_000);
    expect((await redeem(code)).status).toBe(201);
  });

  it('connects nobody whose agent is deactivated while it waits for its turn', async () => {
    const agent = await createAgent(deps, { name: 'An', role: 'agent', username: null, sipUser: null }, 'test');
    const { code } = await createEnrolment(deps, agent.id, 'test');
    const begin = deps.store.transaction.bind(deps.store);
    vi.spyOn(deps.store, 'transaction').mockImplementationOnce(() => {
      const turn = begin();
      const execute: typeof turn.execute = async (work) => {
        deps.advance(1);
        await changeAgent(deps, agent.id, 1, { active: false }, 'test');
        return turn.execute(work);
      };
      return Object.assign(Object.create(turn), { execute });
    });
    expect(await redeem(code)).toMatchObject({ status: 404, body: { error: { code: 'code_invalid' } } });
    expect(await deps.store.selectFrom('devices').select('id').execute()).toEqual([]);
  });

  const guesses = Number(process.env.CODE_GUESSES ?? 500);
  it(`locks after ten of ${guesses} guesses from one address, whatever their keys`, { timeout: 300_000 }, async () => {
    const code = await newCode();
    const statuses: number[] = [];
    for (let guess = 0; guess < guesses; guess += 1) statuses.push((await redeem(mintCode())).status);
    expect(statuses.filter((status) => status === 404)).toHaveLength(10);
    expect(statuses.slice(10).every((status) => status === 429)).toBe(true);
    expect((await redeem(code)).body.error).toMatchObject({
      code: 'too_many_tries',
      message: expect.stringContaining('ten minutes'),
    });
    expect((await redeem(code, { from: '192.0.2.2' })).status).toBe(201);
  });

  it('locks after five guesses by one key, wherever from', async () => {
    const key = await makeKey();
    const byKey = [];
    for (let guess = 0; guess < 8; guess += 1)
      byKey.push((await redeem(mintCode(), { key, from: `198.51.100.${guess}` })).status);
    expect(byKey).toEqual([404, 404, 404, 404, 404, 429, 429, 429]);
  });

  it('locks after what all together may guess, which takes more than a few strangers, and opens again in ten minutes', async () => {
    for (let guess = 0; guess < 100; guess += 1) await redeem(mintCode(), { from: `203.0.113.${guess}` });
    expect((await redeem(await newCode(), { from: '192.0.2.9' })).status).toBe(201);
    const all = deps.store.updateTable('counters').where('bucket', 'like', 'enrol:all@%');
    await all.set({ count: guessesInAll - 1 }).execute();
    const statuses = [];
    for (let guess = 0; guess < 3; guess += 1) statuses.push((await redeem(mintCode(), { from: `198.51.100.${guess}` })).status);
    expect(statuses).toEqual([404, 429, 429]);
    deps.advance(1);
    expect((await redeem(await newCode(), { from: '192.0.2.9' })).status).toBe(429);
    deps.advance(600_000);
    expect((await redeem(await newCode(), { from: '192.0.2.9' })).status).toBe(201);
  });

  it('tells the clients of a trusted proxy apart', async () => {
    deps.config.trustedProxies = [readNetwork('192.0.2.1')].filter((network) => network !== null);
    const behind = (client: string, code = mintCode()) => redeem(code, { headers: { 'x-forwarded-for': client } });
    for (let guess = 0; guess < 10; guess += 1) await behind(`192.0.2.${guess}, 203.0.113.1`);
    expect((await behind('192.0.2.99, 203.0.113.1')).status).toBe(429);
    expect((await behind('203.0.113.2', await newCode())).status).toBe(201);
  });

  it('takes a proof once, and keeps it out of the memory that agents’ requests are looked up in', async () => {
    const ofAgents = vi.spyOn(deps.proofs, 'isFirst');
    const dpop = await (await makeKey()).prove('POST', deps.config.publicUrl + path, deps.now());
    const first = await redeem(mintCode(), { headers: { dpop } });
    const again = await redeem(await newCode(), { headers: { dpop } });
    expect([first, again].map(({ body }) => body.error.code)).toEqual(['code_invalid', 'proof_used']);
    expect(ofAgents).not.toHaveBeenCalled();
  });

  it('counts the /64 network of an IPv6 address as one client', async () => {
    for (let guess = 0; guess < 10; guess += 1) await redeem(mintCode(), { from: `2001:db8:0:1::${guess}` });
    expect((await redeem(mintCode(), { from: '2001:db8:0:1:ffff::1' })).status).toBe(429);
    expect((await redeem(mintCode(), { from: '2001:db8:0:2::1' })).status).toBe(404);
  });

  it.each([
    ['expired', async () => deps.advance(600_001)],
    ['redeemed elsewhere', async () => void (await deps.store.updateTable('enrolments').set({ redeemed_at: 1 }).execute())],
    ['of somebody who left', async () => void (await deps.store.updateTable('agents').set({ active: 0 }).execute())],
  ])('does not count codes that were given out as guesses: %s', async (_, spend) => {
    const codes: string[] = [];
    for (let agent = 0; agent < 12; agent += 1) {
      codes.push(await newCode());
      deps.advance(1);
    }
    const guessed = await redeem(mintCode(), { from: '192.0.2.2' });
    await spend();
    for (const code of codes) expect(await redeem(code)).toEqual(guessed);
    expect((await redeem(await newCode())).status).toBe(201);
  });

  it('keeps the passphrase that was chosen first when an admin’s first codes are redeemed at once', {
    timeout: 30_000,
  }, async () => {
    const { id } = await createAgent(deps, { name: 'Binh', role: 'admin', username: null, sipUser: null }, 'test');
    const codes = [await createEnrolment(deps, id, 'test'), await createEnrolment(deps, id, 'test')];
    const passphrases = ['correct horse', 'battery staple'];
    const redeemAll = () => Promise.all(codes.map(({ code }, at) => redeem(code, { passphrase: passphrases[at] ?? '' })));
    const answers = await redeemAll();
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
    const [chosen, refused] = answers[0]?.status === 201 ? [0, 1] : [1, 0];
    expect(answers[refused]?.body.error.code).toBe('passphrase_wrong');
    expect((await redeem(codes[refused]?.code ?? '', { passphrase: passphrases[chosen] ?? '' })).status).toBe(201);
  });

  it('does not count asking for the passphrase as a guess', async () => {
    const code = await newCode('admin');
    for (let time = 0; time < 12; time += 1) expect((await redeem(code)).body.error.code).toBe('passphrase_required');
    expect((await redeem(code, { passphrase: 'correct horse' })).status).toBe(201);
  });
});

describe('step-up', () => {
  const stepUp = (device: Awaited<ReturnType<typeof addDevice>>, passphrase: string) =>
    send(app, device, 'POST', '/v1/admin/step-up', { json: { passphrase } });

  it('opens admin writes for ten minutes on that device only', { timeout: 30_000 }, async () => {
    const passphraseHash = await hashPassphrase('correct horse');
    const device = await addDevice(deps, { role: 'admin', passphraseHash });
    const other = await addDevice(deps, { agentId: device.agentId });
    const create = async (from: typeof device, name: string) =>
      (await send(app, from, 'POST', '/v1/admin/agents', { json: { name } })).status;
    expect(await create(device, 'A')).toBe(403);
    expect(await (await stepUp(device, 'correct horse')).json()).toEqual({ stepUpUntil: deps.now() + 600_000 });
    expect([await create(device, 'B'), await create(other, 'C')]).toEqual([201, 403]);
    deps.advance(599_999);
    expect(await create(device, 'D')).toBe(201);
    deps.advance(1);
    expect(await create(device, 'E')).toBe(403);
    // The clock was an hour ahead when the passphrase was confirmed, and is now set back.
    deps.advance(-3_600_000);
    expect(await create(device, 'F')).toBe(403);
    const me = await (await send(app, device, 'GET', '/v1/me')).json();
    expect(me.stepUpUntil).toBeNull();
  });

  it('locks after five wrong passphrases, even for the right one', { timeout: 30_000 }, async () => {
    const device = await addDevice(deps, { role: 'admin', passphraseHash: await hashPassphrase('correct horse') });
    const answers = await Promise.all(Array.from({ length: 12 }, () => stepUp(device, 'wrong')));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(403), ...Array(7).fill(429)]);
    expect(await (await stepUp(device, 'correct horse')).json()).toMatchObject({ error: { code: 'too_many_tries' } });
    deps.advance(600_000);
    expect((await stepUp(device, 'correct horse')).status).toBe(200);
  });

  it('tells an admin who has no passphrase how to get one', async () => {
    const device = await addDevice(deps, { role: 'admin' });
    for (let time = 0; time < 6; time += 1)
      expect(await (await stepUp(device, 'any')).json()).toMatchObject({ error: { code: 'passphrase_unset' } });
  });
});

describe('a device that is revoked', () => {
  it('is out with its next request', async () => {
    const admin = await addDevice(deps, { role: 'admin', steppedUp: true });
    const device = await addDevice(deps);
    expect((await send(app, device, 'GET', '/v1/me')).status).toBe(200);
    expect((await send(app, admin, 'DELETE', `/v1/admin/devices/${device.deviceId}`)).status).toBe(204);
    const { detail } = await deps.store.selectFrom('audit').select('detail').executeTakeFirstOrThrow();
    expect(JSON.parse(detail)).toEqual({ deviceName: 'Test browser', agent: `agent:${device.agentId}` });
    expect(await (await send(app, device, 'GET', '/v1/me')).json()).toMatchObject({ error: { code: 'device_revoked' } });
    expect((await send(app, admin, 'DELETE', `/v1/admin/devices/${device.deviceId}`)).status).toBe(404);
  });

  it('is remembered as seen at most once a minute', async () => {
    const device = await addDevice(deps);
    const seen = async () => {
      await send(app, device, 'GET', '/v1/me');
      return (await deps.store.selectFrom('devices').select('last_seen_at').executeTakeFirstOrThrow()).last_seen_at;
    };
    const first = deps.now();
    expect(await seen()).toBe(first);
    deps.advance(59_000);
    expect(await seen()).toBe(first);
    deps.advance(1_000);
    expect(await seen()).toBe(first + 60_000);
    deps.advance(-3_600_000);
    expect(await seen()).toBe(first - 3_540_000);
  });
});
