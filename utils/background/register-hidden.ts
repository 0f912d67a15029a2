import { browser } from 'wxt/browser';
import { announceHidden } from '../hidden-numbers/hidden-announcement.ts';
import { type HiddenNumber, ruleOf } from '../hidden-numbers/hidden-filter.ts';
import type { HiddenStore } from '../hidden-numbers/hidden-store.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import type { Sites } from '../sites/create-sites.ts';
import type { Handle } from './create-handle.ts';

interface HiddenDeps {
  hidden: HiddenStore;
  sites: Pick<Sites, 'disable'>;
  tabs?: Pick<typeof browser.tabs, 'query' | 'sendMessage'>;
}

/** “Not a phone number” and “never on this site”: a page may change this only for itself, the options page for any site. */
export function registerHidden(handle: Handle, { hidden, sites, tabs = browser.tabs }: HiddenDeps): void {
  const announced = async (origin: string, change: Promise<HiddenNumber[]>): Promise<Reply<HiddenNumber[]>> => {
    const now = await change;
    await announceHidden(tabs, origin, ruleOf(now));
    return succeed(now);
  };
  /** Never happens: the browser names the origin of every page that passes senderRole. */
  const noOrigin = () => fail('message_refused');

  handle('hideNumber', async (number, { origin }) => (origin ? announced(origin, hidden.hide(origin, number)) : noOrigin()));
  handle('showNumber', async (number, { origin }) => (origin ? announced(origin, hidden.show(origin, number)) : noOrigin()));
  handle('leaveSite', async (_, { origin }) => (origin ? sites.disable(origin) : noOrigin()));
  handle('listHiddenNumbers', async () => succeed(await hidden.all()));
  handle('showNumberOn', ({ origin, number }) => announced(origin, hidden.show(origin, number)));
}
