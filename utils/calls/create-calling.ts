import type { RelayAccess } from '../relay/relay-access.ts';
import { createCallAsker } from './ask-call.ts';
import { createCallJournal } from './call-journal.ts';
import { createCallPlacer, type PlaceCall } from './place-call.ts';
import { readRingDevice } from './ring-device.ts';
import { createToldCalls } from './told-calls.ts';

/**
 * What every way of calling goes through: one journal, one list of what became of the calls, and the device that was picked in this
 * browser. `after` sees every answer too.
 */
export function createCalling(
  access: Pick<RelayAccess, 'client' | 'pin'>,
  after: (placeCall: PlaceCall) => PlaceCall,
  refreshSession: () => unknown,
) {
  const relay = access.client;
  const journal = createCallJournal();
  const told = createToldCalls(access);
  const placeCall = createCallPlacer({ journal, relay, device: readRingDevice, onUnknownDevice: refreshSession });
  return { placeCall: told.after(after(placeCall)), askCall: createCallAsker({ relay, journal, told }), told };
}
export type Calling = ReturnType<typeof createCalling>;
