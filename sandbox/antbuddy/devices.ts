import type { UserParty } from './call-record.ts';

export interface Device {
  sipUser: string;
  sipPassword: string;
  /** The user name of the agent using it, as in the histories. */
  username: string;
  /** Registered with the call centre; only then can it ring. */
  online: boolean;
}

interface Devices {
  /** Adds a device, or changes the given fields of an existing one. */
  put(device: { sipUser: string } & Partial<Device>): Device;
  get(sipUser: string): Device | undefined;
  list(): Device[];
  /** The device with these credentials, online or not. */
  signIn(sipUser: string, sipPassword: string): Device | undefined;
}

export function createDevices(initial: readonly Device[]): Devices {
  const bySipUser = new Map(initial.map((device) => [device.sipUser, { ...device }]));
  return {
    put(change) {
      const blank = { sipPassword: `${change.sipUser}-password`, username: change.sipUser, online: true };
      const device = { ...blank, ...bySipUser.get(change.sipUser), ...change };
      bySipUser.set(device.sipUser, device);
      return { ...device };
    },
    get: (sipUser) => bySipUser.get(sipUser),
    list: () => [...bySipUser.values()].map((device) => ({ ...device })),
    signIn(sipUser, sipPassword) {
      const device = bySipUser.get(sipUser);
      return device?.sipPassword === sipPassword ? device : undefined;
    },
  };
}

export function partyOf(device: Device): UserParty {
  return { number: device.sipUser, type: 'user', username: device.username };
}
