import { expect, it, vi } from 'vitest';
import { addPlaced } from '../testing/add-placed.ts';
import { addDevice } from '../testing/device.ts';
import { makeDeps, testNow } from '../testing/make-deps.ts';
import { readSignal } from './read-signal.ts';
import { createTeller } from './tell-calls.ts';

const parties = ['number:1001', 'user:mailan'];
const same = { 'Custom-Channel-Vars': { 'Call-Interaction-ID': 'i', 'Owner-ID': 'mailan' } };
const unowned = { 'Custom-Channel-Vars': { 'Call-Interaction-ID': 'i' } };
/** The device rings, as if the number called it; then a carrier is asked for the number, from the company's. */
const device = { 'Call-ID': 'a', 'Call-Direction': 'outbound', From: '0912345678@x', To: '1001@x', Username: '1001', ...same };
const carrier = { 'Call-ID': 'b', 'Call-Direction': 'outbound', From: '02873019555@x', To: '0912345678@x', ...unowned };

/** What a relay tells of a click, each as `<id> <state> <whose phone rings>`. */
async function told() {
  const deps = await makeDeps();
  const agent = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
  await addPlaced(deps, agent, 'key', { sip_user: '1001', created_at: testNow });
  const teller = createTeller(deps);
  const events: string[] = [];
  deps.hub.listen(parties, {
    onEvent: ({ id, call }) => events.push([id, call.state, call.rings ?? ''].join(' ').trim()),
    onStatus() {},
    onEnd() {},
  });
  for (const [name, leg, second] of [
    ['CHANNEL_CREATE', device, 0],
    ['CHANNEL_ANSWER', device, 5],
    ['CHANNEL_CREATE', carrier, 5],
    ['CHANNEL_ANSWER', carrier, 5],
    ['CHANNEL_DESTROY', device, 60],
    ['CHANNEL_DESTROY', carrier, 60],
  ] as const) {
    const Timestamp = Math.floor(testNow / 1000) + 62_167_219_200 + second;
    const heard = readSignal(name, { ...leg, Timestamp }, testNow);
    if (!heard) throw new Error('unreadable');
    teller.tell(heard);
  }
  await vi.waitFor(() => expect(events.at(-1)).toContain('ended'));
  await deps.close();
  return events;
}

it('tells of a click that rings the device first, within one second too, with the same ids from every relay', async () => {
  const [one, other] = [await told(), await told()];
  expect(one.map((event) => event.replace(/^\S+ /, ''))).toEqual([
    'ringing own',
    'answered',
    'ringing other',
    'answered',
    'ended',
  ]);
  expect(new Set(one).size).toBe(one.length);
  expect(other).toEqual(one);
});
