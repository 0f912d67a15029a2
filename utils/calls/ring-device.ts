import type { Call, OwnDevice } from '../../relay/contract.ts';
import { type OtherDevice, ringDeviceItem, sessionItem } from '../storage.ts';

/** The agent's devices that can ring, as the relay last told them. */
export async function readOwnDevices(): Promise<OwnDevice[]> {
  return (await sessionItem.getValue())?.me?.agent.sipDevices ?? [];
}

/** The device that was picked in this browser; the first when that is none of the agent's any more. */
export function pickedOf(devices: readonly OwnDevice[], picked: string | null): OwnDevice | undefined {
  return devices.find(({ id }) => id === picked) ?? devices[0];
}

/** What a click rings that names no device; undefined where there is nothing to pick, and the relay rings the only one. */
export async function readRingDevice(): Promise<string | undefined> {
  const devices = await readOwnDevices();
  return devices.length > 1 ? pickedOf(devices, await ringDeviceItem.getValue())?.id : undefined;
}

/** Remembers the device for this browser; false when it is none of the agent's. */
export async function pickRingDevice(id: string): Promise<boolean> {
  const isOwn = (await readOwnDevices()).some((device) => device.id === id);
  if (isOwn) await ringDeviceItem.setValue(id);
  return isOwn;
}

/** Tells beside a call that found its device offline which is the next one: a suggestion, dialled by nobody but the agent. */
export function withOther<Told extends Call>(call: Told, devices: readonly OwnDevice[]): Told & { other?: OtherDevice } {
  if (call.reason?.code !== 'device_offline' || !call.sipUser) return call;
  const at = devices.findIndex(({ sipUser }) => sipUser === call.sipUser);
  const [next] = [...devices.slice(at + 1), ...devices.slice(0, Math.max(at, 0))];
  return next ? { ...call, other: { id: next.id, name: next.name } } : call;
}
