import { browser } from 'wxt/browser';
import { mayAnyRing } from '../calls/open-calls.ts';
import { callJournalItem, liveItem, updateWaitsItem } from '../storage.ts';

const alarmName = 'update';

/**
 * Applies an update of the extension as soon as it interrupts nothing. An update empties the journal of calls, without which a
 * number that still rings would be called again unasked. Firefox applies an update at once unless somebody listens for it;
 * Chromium when the background ends, which it does not while it listens for incoming calls.
 */
export function registerUpdates(): void {
  async function apply(): Promise<void> {
    // The alarm may outlive the update.
    if (!(await updateWaitsItem.getValue())) return void browser.alarms.clear(alarmName);
    if (!(await isInUse())) browser.runtime.reload();
  }
  browser.runtime.onUpdateAvailable.addListener(async () => {
    await updateWaitsItem.setValue(true);
    await browser.alarms.create(alarmName, { periodInMinutes: 1 });
    await apply();
  });
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === alarmName) void apply();
  });
}

/** Whether a call rings or goes on, or a view is open, in which a recording may play or something may be half written. */
async function isInUse(): Promise<boolean> {
  const [views, journal, { link, calls }] = await Promise.all([
    browser.runtime.getContexts({ contextTypes: ['TAB', 'POPUP', 'SIDE_PANEL'] }),
    callJournalItem.getValue(),
    liveItem.getValue(),
  ]);
  const isTalking = link === 'open' && calls.some(({ endedAt }) => endedAt === null);
  return views.length > 0 || isTalking || mayAnyRing(journal, Date.now());
}
