import { browser } from 'wxt/browser';
import type { Notice } from './notices.ts';

/** Shows a notification where the agent has allowed them; nowhere else. */
export async function showNotice(notice: Notice, isFirefox: boolean = import.meta.env.FIREFOX): Promise<void> {
  if (await mayNotify()) await browser.notifications.create(notice.id, optionsOf(notice, isFirefox));
}

/** Says more in a notification that is there still; one that the agent put away stays away. */
export async function changeNotice(notice: Notice, isFirefox: boolean = import.meta.env.FIREFOX): Promise<void> {
  if (!(await mayNotify())) return;
  // Firefox can only show it anew, which brings back what was put away.
  if (isFirefox && !(notice.id in (await browser.notifications.getAll()))) return;
  if (isFirefox) await browser.notifications.create(notice.id, optionsOf(notice, isFirefox));
  else await browser.notifications.update(notice.id, optionsOf(notice, isFirefox));
}

function optionsOf({ title, message, button, isUrgent }: Notice, isFirefox: boolean) {
  const options = { type: 'basic' as const, iconUrl: browser.runtime.getURL('/icon/128.png'), title, message };
  // Firefox refuses a notification with anything more.
  if (isFirefox) return options;
  const buttons = button === null ? {} : { buttons: [{ title: button }] };
  return { ...options, requireInteraction: isUrgent, priority: isUrgent ? 2 : 0, ...buttons };
}

export async function clearNotice(id: string): Promise<void> {
  if (await mayNotify()) await browser.notifications.clear(id);
}

/** An optional permission: the agent gives it in the options, and may take it away in the browser. */
function mayNotify(): Promise<boolean> {
  return browser.permissions.contains({ permissions: ['notifications'] });
}
