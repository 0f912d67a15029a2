import { browser } from 'wxt/browser';
import { pressedTwiceMs } from '../calls/outcome-of.ts';
import type { ToldCalls } from '../calls/told-calls.ts';
import { createTurns } from '../create-turns.ts';
import { readPolicy } from '../session/read-policy.ts';
import { clockOffsetItem, languageItem, menuCallItem } from '../storage.ts';
import { type BadgeLook, showBadge, showFolded, showMissedBadge, signAlarm } from './badge.ts';
import { callSelection } from './call-selection.ts';
import { menuWords } from './menu-words.ts';
import { type CallParts, knownCalls } from './register-calls.ts';
import { showCalls } from './show-calls.ts';
import { findLostCall, tellLostCall } from './tell-lost-call.ts';

const MENU_ID = 'call-selection';

interface MenuParts extends Omit<CallParts, 'live'> {
  /** Records the outcome of a lost call. */
  told: Pick<ToldCalls, 'note'>;
}

/** “Call …” on selected text, on any page and without a grant. The outcome is shown on the toolbar button. */
export function registerSelectionMenu({ placeCall, askCall: ask, places, told }: MenuParts): void {
  // Menus survive the worker and the browser, so they are created once.
  const inTurn = createTurns();
  browser.runtime.onInstalled.addListener(() => void inTurn(createMenu));
  languageItem.watch(() => void inTurn(renameMenu));
  // The browser may have been started in another language.
  browser.runtime.onStartup.addListener(() => void inTurn(renameMenu));
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === signAlarm) void showMissedBadge();
  });
  let isButtonTaken = false;
  const show = async (look: BadgeLook, sentence: string) => {
    if (!isButtonTaken) await showBadge(look, sentence);
  };
  const known = knownCalls(ask).openCalls;
  const lost = findLostCall();
  void lost.then((call) => call && tellLostCall(call, { told, ask, show }));

  browser.contextMenus.onClicked.addListener(async (info, tab) => {
    if (info.menuItemId !== MENU_ID) return;
    await lost;
    isButtonTaken = true;
    const site = hostOf(info.frameUrl ?? info.pageUrl ?? tab?.url);
    await callSelection(info.selectionText ?? '', {
      caller: {
        async send(click) {
          const placed = placeCall(click, site);
          const page = tab?.incognito ? null : (tab?.url ?? info.pageUrl ?? null);
          await places.remember(click, page, await clockOffsetItem.getValue());
          return placed;
        },
        ask,
      },
      regions: await readPolicy(),
      words: await menuWords(),
      show: showBadge,
      isSameCall: async (click) => (await known.before(click, pressedTwiceMs)) !== undefined,
      showFolded,
      onPlacing: menuCallItem.setValue,
      reveal: showCalls,
    });
  });
}

async function createMenu(): Promise<void> {
  const { say } = await menuWords();
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: MENU_ID, title: say('title'), contexts: ['selection'] });
}

async function renameMenu(): Promise<void> {
  const { say } = await menuWords();
  await browser.contextMenus.update(MENU_ID, { title: say('title') });
}

function hostOf(address: string | undefined): string | null {
  const url = URL.parse(address ?? '');
  return url && /^https?:$/.test(url.protocol) ? url.hostname : null;
}
