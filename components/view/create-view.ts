import { browser } from '@wxt-dev/browser';
import { createFormat } from '../../utils/i18n/format.ts';
import { createTranslate, type Dictionary } from '../../utils/i18n/translate.ts';
import { watchLive } from '../../utils/live/watch-live.ts';
import type { Language } from '../../utils/messages.ts';
import { loadWords } from './load-words.ts';
import { send } from './send.ts';
import type { View } from './view.ts';

/**
 * The view of a real extension document, in one language; the other one is not loaded. `own`: words used only in this document.
 */
export async function createView(language: Language, own: Dictionary = {}): Promise<View> {
  const shared = await loadWords(language);
  document.documentElement.lang = language;
  return {
    send,
    language,
    t: createTranslate<Dictionary>({ ...shared, ...own }),
    format: createFormat(language),
    requestHosts: (origins) => request({ origins }),
    requestNotifications: () => request({ permissions: ['notifications'] }),
    watchLive: (show) => watchLive(show),
    openOptions() {
      void browser.runtime.openOptionsPage();
      // A popup would stay in front of the opened page; the side panel stays open beside it.
      if (location.pathname === '/popup.html') window.close();
    },
    ownWindow,
    openKey,
    openKeySettings,
    watchActiveTab(changed) {
      const tell = async (windowId: number | undefined) => {
        if (windowId === undefined || [undefined, windowId].includes(await ownWindow())) changed();
      };
      const onActivated = ({ windowId }: { windowId: number }) => void tell(windowId);
      const onUpdated = (_: number, change: { status?: string }, tab: { windowId?: number }) => {
        if (change.status === 'complete') void tell(tab.windowId);
      };
      browser.tabs.onActivated.addListener(onActivated);
      browser.tabs.onUpdated.addListener(onUpdated);
      return () => {
        browser.tabs.onActivated.removeListener(onActivated);
        browser.tabs.onUpdated.removeListener(onUpdated);
      };
    },
  };
}

/** A browser that cannot ask, for example because of the company's policy, counts as a refusal. */
function request(permissions: Parameters<typeof browser.permissions.request>[0]): Promise<boolean> {
  return browser.permissions.request(permissions).catch(() => false);
}

async function openKey(): Promise<string> {
  const commands = await browser.commands.getAll();
  return commands.find(({ name }) => name === '_execute_action')?.shortcut ?? '';
}

function openKeySettings(): void {
  // Firefox's API, which Chromium lacks.
  const commands = browser.commands as { openShortcutSettings?(): Promise<void> };
  if (commands.openShortcutSettings) void commands.openShortcutSettings();
  else void browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}

/** Looked up each time: a tab with a view in it can be moved to another window. */
async function ownWindow(): Promise<number | undefined> {
  const own = await browser.windows.getCurrent();
  return own.type === 'normal' ? own.id : undefined;
}
