import type { Call } from '../../relay/contract.ts';
import type { CallPlaces } from '../calls/call-places.ts';
import { createCallProgress } from '../calls/call-progress.ts';
import type { Calling } from '../calls/create-calling.ts';
import { createOpenCalls } from '../calls/open-calls.ts';
import { pressedTwiceMs } from '../calls/outcome-of.ts';
import { pickRingDevice, readOwnDevices, withOther } from '../calls/ring-device.ts';
import { createFormat } from '../i18n/format.ts';
import type { LiveNeed } from '../live/live-need.ts';
import type { Click } from '../messages.ts';
import type { OpenCall } from '../page/caller.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { callJournalItem, clockOffsetItem, liveItem, type ToldCall } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { openCalls as openCallsView } from './open-calls.ts';
import { openPage } from './open-page.ts';
import { pageLanguage } from './page-words.ts';
import type { KnownSender } from './sender-role.ts';

/** A view that follows a call asks every two seconds. */
const FOLLOWED_MS = 10_000;

export interface CallParts extends Pick<Calling, 'placeCall' | 'askCall'> {
  places: CallPlaces;
  /** What listens to the calls while one is followed. */
  live: Pick<LiveNeed, 'holdFor'>;
}

export function registerCalls(handle: Handle, { placeCall, askCall, places, live }: CallParts): void {
  void places.restore();

  const { progress, openCalls } = knownCalls(askCall);

  handle('placeCall', async ({ isAgain, ...click }, sender) => {
    // A click says that it was made somewhere else than it was.
    if (!isFrom(sender, click)) return fail('message_refused');
    // A page knows of the calls that were placed on it alone, a view of those since it opened.
    const before = isAgain ? undefined : await openCalls.before(click, sender.role === 'page' ? undefined : pressedTwiceMs);
    if (before) return fail('called_recently', await askAgain(before));
    const placed = placeCall(click, sender.site);
    void clockOffsetItem.getValue().then((ahead) => places.remember(click, sender.page, ahead));
    return tell(await placed);
  });
  handle('openCallPage', async (wanted) => {
    const url = await places.find(wanted);
    if (!url) return fail('call_page_unknown');
    await openPage(url);
    return succeed(null);
  });
  handle('getProgress', (key) => {
    live.holdFor('progress', FOLLOWED_MS);
    return progress(key);
  });
  handle('getOpenCalls', async (_, { site }) => succeed(await openCalls.of(site)));
  handle('offerCall', async ({ number, extension }) => {
    await openCallsView({ show: 'typed', text: extension ? `${number} ext. ${extension}` : number });
    return succeed(null);
  });
  handle('getCall', async (key) => tell(await askCall(key)));
  handle('pickRingDevice', async (id) => ((await pickRingDevice(id)) ? succeed(null) : fail('sip_device_unknown')));
}

/** What is known of the calls of this browser. */
export function knownCalls(ask: Calling['askCall']) {
  const journal = callJournalItem;
  const progress = createCallProgress({ journal, ask, live: liveItem, offset: clockOffsetItem.getValue });
  return { progress, openCalls: createOpenCalls({ journal, progress }) };
}

async function tell(reply: Reply<Call>): Promise<Reply<ToldCall>> {
  return reply.ok ? succeed(withOther(reply.value, await readOwnDevices())) : reply;
}

/** As the page itself asks about a call that was placed on it. */
async function askAgain({ at, isDoubtful }: OpenCall): Promise<string> {
  const { language, say } = await pageLanguage();
  return isDoubtful ? say('confirmAfterUnknown') : say('confirmAgain', { time: createFormat(language).time(at) });
}

/** What the audit log will say about the place of a click is what the browser says, not the message. */
function isFrom(sender: KnownSender, click: Click): boolean {
  return click.surface === sender.role;
}
