import type { RelayAccess } from '../relay/relay-access.ts';
import { createCallAsker } from './ask-call.ts';
import { createCallJournal } from './call-journal.ts';
import { createCallPlacer, type PlaceCall } from './place-call.ts';
import { readRingDevice } from './ring-device.ts';
import { createToldCalls } from './told-calls.ts';

/**
 * The parts shared by all ways of calling: one journal, one list of outcomes, and the device picked in this browser. `after` sees
 * every answer too.
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
