import { browser } from 'wxt/browser';

/** Activates the tab that shows this page, or opens a new one. */
export async function openPage(url: string): Promise<void> {
  // Tab addresses are visible only on granted sites; for other pages a new tab is opened.
  const tab = (await browser.tabs.query({})).find((one) => one.url === url);
  if (tab?.id === undefined) {
    await browser.tabs.create({ url });
    return;
  }
  await browser.tabs.update(tab.id, { active: true });
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
}
