import type { RelayAccess } from '../relay/relay-access.ts';
import { createCallJournal } from './call-journal.ts';
import { createCallPlacer, type PlaceCall } from './place-call.ts';
import { readRingDevice } from './ring-device.ts';

/** What every way of calling goes through: one journal, and the device that was picked in this browser. */
export function createPlacer(access: Pick<RelayAccess, 'client'>, refreshSession: () => unknown): PlaceCall {
  const relay = access.client;
  return createCallPlacer({ journal: createCallJournal(), relay, device: readRingDevice, onUnknownDevice: refreshSession });
}
