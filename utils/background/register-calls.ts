import type { Call } from '../../relay/contract.ts';
import type { CallPlaces } from '../calls/call-places.ts';
import { createCallProgress } from '../calls/call-progress.ts';
import { createOpenCalls } from '../calls/open-calls.ts';
import type { PlaceCall } from '../calls/place-call.ts';
import { pickRingDevice, readOwnDevices, withOther } from '../calls/ring-device.ts';
import type { ToldCalls } from '../calls/told-calls.ts';
import type { LiveNeed } from '../live/live-need.ts';
import type { Click } from '../messages.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { callJournalItem, clockOffsetItem, liveItem, type ToldCall } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { openPage } from './open-page.ts';
import type { KnownSender } from './sender-role.ts';
import { withClient } from './with-client.ts';

/** A view that follows a call asks every two seconds. */
const FOLLOWED_MS = 10_000;

export interface CallParts {
  placeCall: PlaceCall;
  access: RelayAccess;
  places: CallPlaces;
  /** Keeps what became of them. */
  told: Pick<ToldCalls, 'note' | 'settle'>;
  /** What listens to the calls while one is followed. */
  live: Pick<LiveNeed, 'holdFor'>;
}

export function registerCalls(handle: Handle, { placeCall, access, places, told, live }: CallParts): void {
  const offset = () => clockOffsetItem.getValue();
  void places.restore();

  handle('placeCall', async (click, sender) => {
    if (!isFrom(sender, click)) return fail('message_refused', 'A click says it was made somewhere else than it was.');
    const placed = placeCall(click, sender.site);
    void offset().then((ahead) => places.remember(click, sender.page, ahead));
    return tell(await placed);
  });
  handle('openCallPage', async (wanted) => {
    const url = await places.find(wanted);
    if (!url) return fail('call_page_unknown');
    await openPage(url);
    return succeed(null);
  });
  const progress = createCallProgress({
    journal: callJournalItem,
    ask: (key) => withClient(access, (relay) => relay.getCall(key)),
    live: liveItem,
    offset,
  });
  handle('getProgress', (key) => {
    live.holdFor('progress', FOLLOWED_MS);
    return progress(key);
  });
  const openCalls = createOpenCalls({ journal: callJournalItem, progress });
  handle('getOpenCalls', async (_, { site }) => succeed(await openCalls(site)));
  handle('getCall', async (key) => {
    const reply = await withClient(access, (relay) => relay.getCall(key));
    if (reply.ok) void told.settle(reply.value);
    return tell(reply);
  });
  handle('pickRingDevice', async (id) => ((await pickRingDevice(id)) ? succeed(null) : fail('sip_device_unknown')));
}

async function tell(reply: Reply<Call>): Promise<Reply<ToldCall>> {
  return reply.ok ? succeed(withOther(reply.value, await readOwnDevices())) : reply;
}

/** What the audit log will say about the place of a click is what the browser says, not the message. */
function isFrom(sender: KnownSender, click: Click): boolean {
  return click.surface === sender.role;
}
