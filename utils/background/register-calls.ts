import type { Call } from '../../relay/contract.ts';
import type { CallPlaces } from '../calls/call-places.ts';
import { createCallProgress } from '../calls/call-progress.ts';
import type { Calling } from '../calls/create-calling.ts';
import { createOpenCalls } from '../calls/open-calls.ts';
import { pickRingDevice, readOwnDevices, withOther } from '../calls/ring-device.ts';
import type { LiveNeed } from '../live/live-need.ts';
import type { Click } from '../messages.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { callJournalItem, clockOffsetItem, liveItem, type ToldCall } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { openPage } from './open-page.ts';
import type { KnownSender } from './sender-role.ts';

/** A view that follows a call asks every two seconds. */
const FOLLOWED_MS = 10_000;

export interface CallParts extends Pick<Calling, 'placeCall' | 'askCall'> {
  places: CallPlaces;
  /** What listens to the calls while one is followed. */
  live: Pick<LiveNeed, 'holdFor'>;
}

export function registerCalls(handle: Handle, { placeCall, askCall, places, live }: CallParts): void {
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
  const progress = createCallProgress({ journal: callJournalItem, ask: askCall, live: liveItem, offset });
  handle('getProgress', (key) => {
    live.holdFor('progress', FOLLOWED_MS);
    return progress(key);
  });
  const openCalls = createOpenCalls({ journal: callJournalItem, progress });
  handle('getOpenCalls', async (_, { site }) => succeed(await openCalls(site)));
  handle('getCall', async (key) => tell(await askCall(key)));
  handle('pickRingDevice', async (id) => ((await pickRingDevice(id)) ? succeed(null) : fail('sip_device_unknown')));
}

async function tell(reply: Reply<Call>): Promise<Reply<ToldCall>> {
  return reply.ok ? succeed(withOther(reply.value, await readOwnDevices())) : reply;
}

/** What the audit log will say about the place of a click is what the browser says, not the message. */
function isFrom(sender: KnownSender, click: Click): boolean {
  return click.surface === sender.role;
}
