import { browser } from 'wxt/browser';
import type { Notice } from './notices.ts';

/** Shows a notification where the agent has allowed them; nowhere else. */
export async function showNotice({ id, title, message, button, isUrgent }: Notice, isFirefox: boolean = import.meta.env.FIREFOX) {
  if (!(await mayNotify())) return;
  const options = { type: 'basic' as const, iconUrl: browser.runtime.getURL('/icon/128.png'), title, message };
  // Firefox refuses a notification with anything more.
  const more = isFirefox
    ? {}
    : { requireInteraction: isUrgent, priority: isUrgent ? 2 : 0, ...(button === null ? {} : { buttons: [{ title: button }] }) };
  await browser.notifications.create(id, { ...options, ...more });
}

export async function clearNotice(id: string): Promise<void> {
  if (await mayNotify()) await browser.notifications.clear(id);
}

/** An optional permission: the agent gives it in the options, and may take it away in the browser. */
function mayNotify(): Promise<boolean> {
  return browser.permissions.contains({ permissions: ['notifications'] });
}
