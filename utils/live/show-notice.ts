import { browser } from 'wxt/browser';
import type { Notice } from './notices.ts';

/** Shows a notification if the agent has allowed notifications. */
export async function showNotice(notice: Notice, isFirefox: boolean = import.meta.env.FIREFOX): Promise<void> {
  if (await mayNotify()) await browser.notifications.create(notice.id, optionsOf(notice, isFirefox));
}

/** Updates a notification that is still shown; one that the agent dismissed stays away. */
export async function changeNotice(notice: Notice, isFirefox: boolean = import.meta.env.FIREFOX): Promise<void> {
  if (!(await mayNotify())) return;
  // Firefox cannot update: creating it again would bring back a dismissed one.
  if (isFirefox && !(notice.id in (await browser.notifications.getAll()))) return;
  if (isFirefox) await browser.notifications.create(notice.id, optionsOf(notice, isFirefox));
  else await browser.notifications.update(notice.id, optionsOf(notice, isFirefox));
}

function optionsOf({ title, message, button, isUrgent }: Notice, isFirefox: boolean) {
  const options = { type: 'basic' as const, iconUrl: browser.runtime.getURL('/icon/128.png'), title, message };
  // Firefox rejects a notification with any further option.
  if (isFirefox) return options;
  const buttons = button === null ? {} : { buttons: [{ title: button }] };
  return { ...options, requireInteraction: isUrgent, priority: isUrgent ? 2 : 0, ...buttons };
}

export async function clearNotice(id: string): Promise<void> {
  if (await mayNotify()) await browser.notifications.clear(id);
}

/** An optional permission: the agent grants it in the options and may revoke it in the browser. */
function mayNotify(): Promise<boolean> {
  return browser.permissions.contains({ permissions: ['notifications'] });
}
