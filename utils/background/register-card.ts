import { browser } from 'wxt/browser';
import { readOwnDevices, readRingDevice } from '../calls/ring-device.ts';
import { noticeWords } from '../live/notice-words.ts';
import { knownCaller } from '../live/notices.ts';
import { noteDrafts } from '../note-drafts.ts';
import type { CardLanguage } from '../number-card/describe-for-card.ts';
import { describeForCard } from '../number-card/describe-for-card.ts';
import { createFactsCache } from '../number-card/facts-cache.ts';
import { pastForCard } from '../number-card/past-for-card.ts';
import type { NumberDetails } from '../page/card/card-content.ts';
import { openPlans } from '../phone/plans/full-plans.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { relayNow } from '../relay/relay-now.ts';
import { fail, succeed } from '../reply.ts';
import { readPolicy } from '../session/read-policy.ts';
import { sessionItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { pageLanguage } from './page-words.ts';
import { withClient } from './with-client.ts';

/** The build's file name of entrypoints/card.ts. */
const CARD_FILE = 'card.js';
type PublicPath = NonNullable<Parameters<typeof browser.scripting.executeScript>[0]['files']>[number];

/**
 * Serves the hover card of a number and the card of an incoming call. The card script, which also places calls, is loaded only
 * into pages with a number.
 */
export function registerCard(
  handle: Handle,
  access: Pick<RelayAccess, 'client' | 'relayUrl' | 'pin'>,
  scripting: Pick<typeof browser.scripting, 'executeScript'> = browser.scripting,
): void {
  const ask = (number: string) => withClient(access, (relay) => relay.getNumber(number));
  const facts = createFactsCache({ ...access, ask });

  handle('loadCard', async (_, { frame }) => {
    if (!frame) return fail('message_refused');
    const target = { tabId: frame.tabId, frameIds: [frame.frameId] };
    await scripting.executeScript({ target, files: [CARD_FILE as PublicPath] });
    return succeed(null);
  });
  handle('describeNumber', async (context) => {
    const policy = await readPolicy();
    const options = { region: policy.homeRegion, regions: policy.regions, plans: openPlans(policy) };
    return succeed(describeForCard(context, options, await whatRings(), await cardLanguage()));
  });
  handle('getNumberPast', async (number) => {
    const known = await facts.get(number);
    return known.ok ? succeed(pastForCard(known.value, await cardLanguage(), await noteDrafts.read())) : known;
  });
  handle('getCaller', async (number) => {
    // Not cached: someone who rings again within a minute has been talked to and noted since.
    const known = await ask(number);
    return known.ok ? succeed(knownCaller(known.value, await noticeWords(), await relayNow())) : known;
  });
}

async function cardLanguage(): Promise<CardLanguage> {
  return { ...(await pageLanguage()), now: await relayNow() };
}

async function whatRings(): Promise<Pick<NumberDetails, 'device' | 'choice'>> {
  const devices = await readOwnDevices();
  const picked = await readRingDevice();
  if (picked) return { device: null, choice: { devices: devices.map(({ id, name }) => ({ id, name })), picked } };
  return { device: devices[0]?.name ?? (await sessionItem.getValue())?.me?.agent.sipUser ?? null };
}
