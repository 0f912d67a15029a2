import { expect, it } from 'vitest';
import type { VoiceToken } from '../contract.ts';
import { RelayError } from '../http/relay-error.ts';
import { addDevice, addSipDevice } from '../testing/device.ts';
import { makeDeps } from '../testing/make-deps.ts';
import { createAnyToken } from './any-token.ts';

/** Creates agents with a device each, oldest first; `asked` lists by index the agents that a token was requested for. */
async function setUp(count: number) {
  const deps = await makeDeps();
  const ids: string[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const { agentId } = await addDevice(deps);
    await addSipDevice(deps, agentId, { sipUser: `${1000 + turn}` });
    ids.push(agentId);
    deps.advance(1);
  }
  const online = new Set<number>();
  let isBusy = false;
  const broken = new Set<number>();
  const asked: number[] = [];
  const tokenFor = async (agentId: string): Promise<VoiceToken> => {
    const place = ids.indexOf(agentId);
    asked.push(place);
    if (isBusy) throw new RelayError('upstream_busy');
    if (broken.has(place)) throw new RelayError('upstream_failed');
    if (!online.has(place)) throw new RelayError('device_offline');
    return { value: `${place}`, expiresAt: deps.now() + 600_000 };
  };
  const anyToken = createAnyToken(deps, { tokenFor });
  const ask = async () => {
    asked.length = 0;
    const got = await anyToken().then(
      ({ value }) => value,
      (error: RelayError) => error.code,
    );
    return { got, asked: [...asked] };
  };
  return { deps, online, broken, ask, busy: (value: boolean) => (isBusy = value) };
}
const places = (from: number, to: number) => Array.from({ length: to - from }, (_, turn) => from + turn);

it('finds the one agent that is online, some agents at a time, and begins with it from then on', async () => {
  const { deps, online, ask, busy } = await setUp(25);
  online.add(22);
  expect(await ask()).toEqual({ got: 'device_offline', asked: places(0, 10) });
  expect(await ask()).toEqual({ got: 'device_offline', asked: places(10, 20) });
  expect(await ask()).toEqual({ got: '22', asked: [20, 21, 22] });
  busy(true);
  expect(await ask()).toEqual({ got: 'upstream_busy', asked: [22] });
  busy(false);
  expect(await ask()).toEqual({ got: '22', asked: [22] });
  online.clear();
  online.add(3);
  expect(await ask()).toEqual({ got: '3', asked: [22, 23, 24, 0, 1, 2, 3] });
  await deps.close();
});

it('does not stay with one whose tokens fail', async () => {
  const { deps, online, broken, ask } = await setUp(3);
  online.add(2);
  broken.add(1);
  expect(await ask()).toEqual({ got: 'upstream_failed', asked: [0, 1] });
  expect(await ask()).toEqual({ got: '2', asked: [2] });
  await deps.close();
});

it('asks each of a few agents once', async () => {
  const { deps, ask } = await setUp(2);
  for (const _ of [1, 2]) expect(await ask()).toEqual({ got: 'device_offline', asked: [0, 1] });
  await deps.close();
});

it('says that no agent has a device', async () => {
  const { deps, ask } = await setUp(0);
  expect(await ask()).toEqual({ got: 'agent_not_mapped', asked: [] });
  await deps.close();
});
