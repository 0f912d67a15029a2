import { browser } from 'wxt/browser';

/** Brings up the tab that shows this page, or opens one. */
export async function openPage(url: string): Promise<void> {
  // Addresses of tabs are known on granted sites alone; elsewhere the page is opened anew.
  const tab = (await browser.tabs.query({})).find((one) => one.url === url);
  if (tab?.id === undefined) {
    await browser.tabs.create({ url });
    return;
  }
  await browser.tabs.update(tab.id, { active: true });
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
}
