import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Call, Me } from '../../relay/contract.ts';
import { ringDeviceItem, sessionItem } from '../storage.ts';
import { pickRingDevice, readRingDevice, withOther } from './ring-device.ts';

const [desk, mobile, soft] = ['desk', 'mobile', 'soft'].map((name) => ({ id: `id-${name}`, name, sipUser: `sip-${name}` })) as [
  Device,
  Device,
  Device,
];
type Device = Me['agent']['sipDevices'][number];
const knows = (sipDevices: Device[]) =>
  sessionItem.setValue({ relayUrl: 'https://r.example', me: { agent: { sipDevices } } as unknown as Me, meAt: 1 });

beforeEach(() => fakeBrowser.reset());

describe('the device that rings', () => {
  it.each([
    ['of two, the first', [desk, mobile], null, desk.id],
    ['of two, the one that was picked', [desk, mobile], mobile.id, mobile.id],
    ['when the picked one is gone, the first', [desk, soft], mobile.id, desk.id],
    ['of one, whatever the relay says', [desk], desk.id, undefined],
  ])('is %s', async (_, devices, picked, rung) => {
    await knows(devices);
    await ringDeviceItem.setValue(picked);
    expect(await readRingDevice()).toBe(rung);
  });

  it.each([
    [mobile.id, true, mobile.id],
    [soft.id, false, null],
  ])('is picked only among the agent’s own: %s', async (id, isPicked, kept) => {
    await knows([desk, mobile]);
    expect(await pickRingDevice(id)).toBe(isPicked);
    expect(await ringDeviceItem.getValue()).toBe(kept);
  });
});

describe('the other device', () => {
  const call = (sipUser: string | null | undefined, code = 'device_offline') =>
    ({ key: 'k', state: 'rejected', reason: { code, message: '' }, sipUser }) as Call;
  it.each([
    ['is the second after the first', call(desk.sipUser), [desk, mobile], mobile.id],
    ['is the first after the last', call(soft.sipUser), [desk, mobile, soft], desk.id],
    ['is the next, so that all have their turn', call(mobile.sipUser), [desk, mobile, soft], soft.id],
    ['is what took the place of one that is gone', call('sip-old'), [desk], desk.id],
    ['is none with a single one', call(desk.sipUser), [desk], undefined],
    ['is none for another trouble', call(desk.sipUser, 'upstream_busy'), [desk, mobile], undefined],
    ['is none where nobody says what was rung', call(undefined), [desk, mobile], undefined],
  ])('%s', (_, one, devices, other) => {
    expect(withOther(one, devices).other?.id).toBe(other);
  });
});
