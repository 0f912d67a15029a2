// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { succeed } from '../../utils/reply.ts';
import { agentSettingsItem, missedItem, missedOfferItem } from '../../utils/storage.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { mount, press } from '../testing/mount.tsx';
import MissedOffer from './missed-offer.tsx';
import { useMissedCount } from './use-missed-count.ts';

beforeEach(() => fakeBrowser.reset());

async function open(granted = true) {
  const { send, sent } = fakeSend({ setAgentSettings: succeed({}), getMissed: succeed({}) });
  const requestNotifications = vi.fn(async () => granted);
  const Offer = () => (useMissedCount(true) ? <MissedOffer /> : null);
  await mount(fakeView(send, { requestNotifications }), <Offer />);
  return { requestNotifications, changes: () => sent.flatMap(({ name, data }) => (name === 'setAgentSettings' ? [data] : [])) };
}
const isShown = () => document.querySelector('[data-testid=missed-offer]') !== null;
const miss = (count: number, inVain = count > 0) =>
  missedItem.setValue({ relayUrl: 'https://dialside.example.com', count, ids: [], inVain, completeTo: 0 });

it.each([
  ['once a call was missed', 1, false, 'open', true],
  ['not before', 0, false, 'open', false],
  ['not of what is switched on', 1, true, 'open', false],
  ['not after an answer', 1, false, 'answered', false],
  ['not while the browser asks', 1, false, 'wanted', false],
] as const)('asks %s', async (_, count, notifyMissed, offer, shown) => {
  await miss(count);
  await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), notifyMissed });
  await missedOfferItem.setValue(offer);
  await open();
  await vi.waitFor(() => expect(isShown()).toBe(shown));
});

it('does not ask where somebody only wants to be called later', async () => {
  await miss(1, false);
  await open();
  await vi.waitFor(async () => expect(await missedItem.getValue()).toMatchObject({ count: 1 }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isShown()).toBe(false);
});

it.each([
  ['yes', true, 1, [{ notifyMissed: true }]],
  ['yes', false, 1, []],
  ['no', true, 0, []],
] as const)('is answered by %s, allowed by the browser: %j', async (answer, granted, asked, saved) => {
  await miss(2);
  const { requestNotifications, changes } = await open(granted);
  await vi.waitFor(() => expect(isShown()).toBe(true));
  await press(`[data-testid=missed-offer-${answer}]`);
  await vi.waitFor(() => expect(isShown()).toBe(false));
  await vi.waitFor(async () => expect(await missedOfferItem.getValue()).toBe('answered'));
  expect(requestNotifications).toHaveBeenCalledTimes(asked);
  expect(changes()).toEqual(saved);
});
