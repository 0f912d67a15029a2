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
import { openPage } from './open-page.ts';
import { pageLanguage } from './page-words.ts';
import type { KnownSender } from './sender-role.ts';
import { showCalls } from './show-calls.ts';

/** Longer than two seconds, the interval at which a page that follows a call asks. */
const FOLLOWED_MS = 10_000;

export interface CallParts extends Pick<Calling, 'placeCall' | 'askCall'> {
  places: CallPlaces;
  /** Receives the live signals while a call is followed. */
  live: Pick<LiveNeed, 'holdFor'>;
}

export function registerCalls(handle: Handle, { placeCall, askCall, places, live }: CallParts): void {
  void places.restore();

  const { progress, openCalls } = knownCalls(askCall);

  handle('placeCall', async ({ isAgain, ...click }, sender) => {
    // The click claims another surface than the sender's.
    if (!isFrom(sender, click)) return fail('message_refused');
    // A page knows only the calls placed on it, a view only those since it opened.
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
    await showCalls({ show: 'typed', text: extension ? `${number} ext. ${extension}` : number });
    return succeed(null);
  });
  handle('getCall', async (key) => tell(await askCall(key)));
  handle('pickRingDevice', async (id) => ((await pickRingDevice(id)) ? succeed(null) : fail('sip_device_unknown')));
}

/** What this browser knows about the calls placed from it. */
export function knownCalls(ask: Calling['askCall']) {
  const journal = callJournalItem;
  const progress = createCallProgress({ journal, ask, live: liveItem, offset: clockOffsetItem.getValue });
  return { progress, openCalls: createOpenCalls({ journal, progress }) };
}

async function tell(reply: Reply<Call>): Promise<Reply<ToldCall>> {
  return reply.ok ? succeed(withOther(reply.value, await readOwnDevices())) : reply;
}

/** The same question that the page itself asks about a call placed on it. */
async function askAgain({ at, isDoubtful }: OpenCall): Promise<string> {
  const { language, say } = await pageLanguage();
  return isDoubtful ? say('confirmAfterUnknown') : say('confirmAgain', { time: createFormat(language).time(at) });
}

/** The surface in the audit log must come from the browser's sender information, not from the message. */
function isFrom(sender: KnownSender, click: Click): boolean {
  return click.surface === sender.role;
}
