import { afterEach, beforeEach, expect, it } from 'vitest';
import { seal } from '../agents/seal.ts';
import { sipPasswordPlace } from '../agents/sip-credentials.ts';
import { createApp } from '../app.ts';
import { RelayError } from '../http/relay-error.ts';
import { addDevice, type TestDevice } from '../testing/device.ts';
import { makeDeps, type TestDeps } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';

let deps: TestDeps;
let app: ReturnType<typeof createApp>;
let asked: string[];
let refusal: RelayError | null;

beforeEach(async () => {
  asked = [];
  refusal = null;
  deps = await makeDeps({
    antbuddy: {
      voiceToken: async ({ sipUser, sipPassword }) => {
        asked.push(`${sipUser}:${sipPassword}`);
        if (refusal) throw refusal;
        return { value: `token-${asked.length}-${sipUser}`, expiresAt: deps.now() + 3_600_000 };
      },
    },
  });
  app = createApp(deps);
});
afterEach(() => deps.close());

async function mapped(sipUser: string, password = 'pw'): Promise<TestDevice> {
  const device = await addDevice(deps, { sipUser });
  await setPassword(device, password);
  return device;
}
function setPassword({ agentId }: TestDevice, password: string) {
  const sealed = seal(deps.config.relayKey, sipPasswordPlace(agentId), password);
  return deps.store.updateTable('sip_devices').set({ sip_password: sealed }).where('id', '=', agentId).execute();
}
async function ask(device: TestDevice) {
  const answer = await send(app, device, 'POST', '/v1/voice-token');
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

it('gives each agent the token of its own SIP device', async () => {
  const [a, b] = [await mapped('1001', 'pa'), await mapped('1002', 'pb')];
  expect(await ask(a)).toEqual({ status: 200, body: { value: 'token-1-1001', expiresAt: deps.now() + 3_600_000 } });
  expect((await ask(b)).body.value).toBe('token-2-1002');
  expect(asked).toEqual(['1001:pa', '1002:pb']);
});

it('asks once for many at once, and keeps the token until shortly before its end', async () => {
  const device = await mapped('1001');
  await Promise.all(Array.from({ length: 20 }, () => ask(device)));
  deps.advance(3_569_000);
  await ask(device);
  expect(asked).toHaveLength(1);
  deps.advance(1_000);
  expect((await ask(device)).body.value).toBe('token-2-1001');
});

it('keeps no token by a clock that was set back since: it seems to last for as long as that was ahead', async () => {
  const device = await mapped('1001');
  await ask(device);
  deps.advance(-30 * 86_400_000);
  expect((await ask(device)).body.value).toBe('token-2-1001');
  deps.advance(3_569_000);
  await ask(device);
  expect(asked).toHaveLength(2);
});

it('gets another token for another password', async () => {
  const device = await mapped('1001', 'old');
  await ask(device);
  await setPassword(device, 'new');
  await ask(device);
  expect(asked).toEqual(['1001:old', '1001:new']);
});

it('does not keep a refusal', async () => {
  const device = await mapped('1001');
  refusal = new RelayError('device_offline');
  expect(await ask(device)).toMatchObject({ status: 502, body: { error: { code: 'device_offline' } } });
  refusal = null;
  expect((await ask(device)).status).toBe(200);
});

it('gives the relay itself the tokens that agents get, and asks anew once it was told that they are refused', async () => {
  const device = await mapped('1001');
  const { value } = (await ask(device)).body;
  const { tokens } = deps;
  expect(await tokens.tokenFor(device.agentId)).toMatchObject({ value });
  expect(asked).toHaveLength(1);
  tokens.forgetAll();
  expect((await ask(device)).body.value).toBe('token-2-1001');
});

it('has none for an agent without a SIP device', async () => {
  expect(await ask(await addDevice(deps))).toMatchObject({ status: 409, body: { error: { code: 'agent_not_mapped' } } });
});
