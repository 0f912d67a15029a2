import { browser } from 'wxt/browser';
import { noticeWords } from '../live/notice-words.ts';
import { agentSettingsItem, callJournalItem, callSignAtItem, type JournalEntry, menuCallItem, missedItem } from '../storage.ts';

/**
 * `ms`: how long the sign stays visible at least. A failure ends too: for an agent who works in the side panel nothing else takes
 * it away, and it would hide the missed calls for the rest of the day.
 */
const LOOKS = {
  placing: { text: '…', color: '#5b6472', ms: Infinity },
  accepted: { text: '✓', color: '#1a7f4b', ms: 10_000 },
  failed: { text: '!', color: '#b3261e', ms: 60_000 },
} as const;
export type BadgeLook = keyof typeof LOOKS;
const MISSED_COLOR = '#8a4b00';
/** Wakes the background to end a sign: nothing else may look at the button for the rest of the day. */
export const signAlarm = 'sign';
/** Chromium's shortest alarm. */
const shortestAlarmMs = 30_000;

/** Shows the outcome of a call from the selection menu on the toolbar button, with the sentence as tooltip. */
export async function showBadge(look: BadgeLook, sentence: string): Promise<void> {
  const { text, color, ms } = LOOKS[look];
  await callSignAtItem.setValue(Date.now());
  await put(text, color, sentence);
  if (ms === Infinity) return;
  setTimeout(() => void showMissedBadge(), ms);
  // The background may be ended before that.
  await browser.alarms.create(signAlarm, { delayInMinutes: Math.max(ms, shortestAlarmMs) / 60_000 });
}

/**
 * Shows why a press placed no call, unless the button shows the call to this number as just accepted. The sign of a call being
 * placed always stays: a background that starts after a kill knows by it that there was one.
 */
export async function showFolded(number: string, sentence: string): Promise<void> {
  const text = await browser.action.getBadgeText({});
  if (text === LOOKS.placing.text) return;
  if (text !== LOOKS.accepted.text || (await lastMenuCall())?.number !== number) await showBadge('failed', sentence);
}

/** The last call of the selection menu, if it is still in the journal. */
export async function lastMenuCall(): Promise<JournalEntry | undefined> {
  const [last, journal] = await Promise.all([menuCallItem.getValue(), callJournalItem.getValue()]);
  // By key: if that click is no longer in the journal, an earlier click must not be taken for it.
  return journal.find(({ key }) => key === last);
}

/** Replaces the sign of a call being placed by a failure. Returns whether that sign was shown. */
export async function endPlacing(sentence: () => Promise<string>): Promise<boolean> {
  if (!(await standsPlacing())) return false;
  await showBadge('failed', await sentence());
  return true;
}

async function standsPlacing(): Promise<boolean> {
  return (await browser.action.getBadgeText({})) === LOOKS.placing.text;
}

/** Resets the button once the popup has been opened; the sign of a call being placed stays until the call has an outcome. */
export async function clearBadge(): Promise<void> {
  if (await standsPlacing()) return;
  await browser.action.setBadgeText({ text: '' });
  await showMissedBadge();
}

/**
 * Shows on the button how many numbers are to be called back. It never replaces a call being placed, and replaces the outcome of
 * one only after that has been visible long enough.
 */
export async function showMissedBadge(now = Date.now()): Promise<void> {
  const text = await browser.action.getBadgeText({});
  const sign = Object.values(LOOKS).find((look) => look.text === text);
  // Absolute difference, since the clock may have been set back meanwhile.
  if (sign && Math.abs(now - (await callSignAtItem.getValue())) < sign.ms) return;
  const [{ badge }, missed] = await Promise.all([agentSettingsItem.getValue(), missedItem.getValue()]);
  const count = badge && missed ? missed.count : 0;
  if (count === 0) {
    await browser.action.setBadgeText({ text: '' });
    return browser.action.setTitle({ title: browser.i18n.getMessage('extName') });
  }
  const { say, format } = await noticeWords();
  const sentence = count === 1 ? say('badgeOne') : say('badgeMany', { count: format.count(count) });
  await put(count > 99 ? '99+' : String(count), MISSED_COLOR, sentence);
}

async function put(text: string, color: string, title: string): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ color });
  await browser.action.setBadgeText({ text });
  await browser.action.setTitle({ title });
}
