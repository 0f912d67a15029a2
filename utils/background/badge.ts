import { browser } from 'wxt/browser';
import { noticeWords } from '../live/notice-words.ts';
import { agentSettingsItem, callJournalItem, type JournalEntry, menuCallItem, missedItem } from '../storage.ts';

const LOOKS = {
  placing: { text: '…', color: '#5b6472' },
  accepted: { text: '✓', color: '#1a7f4b' },
  failed: { text: '!', color: '#b3261e' },
} as const;
export type BadgeLook = keyof typeof LOOKS;
const MISSED_COLOR = '#8a4b00';
/** How long the sign of an accepted call stays visible at least, in milliseconds. */
const ACCEPTED_MS = 10_000;
/** When that sign was shown; 0 after a restart of the worker, which then treats the sign as old. */
let acceptedAt = 0;

/** Shows the outcome of a call from the selection menu on the toolbar button, with the sentence as tooltip. */
export async function showBadge(look: BadgeLook, sentence: string): Promise<void> {
  if (look === 'accepted') {
    acceptedAt = Date.now();
    setTimeout(() => void showMissedBadge(), ACCEPTED_MS);
  }
  await put(LOOKS[look].text, LOOKS[look].color, sentence);
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
 * Shows the number of missed calls to call back on the button. It never replaces a failure or a call being placed, and replaces
 * an accepted call only after that has been visible long enough.
 */
export async function showMissedBadge(now = Date.now()): Promise<void> {
  const text = await browser.action.getBadgeText({});
  const isFree = text === '' || /^\d/.test(text) || (text === LOOKS.accepted.text && now - acceptedAt >= ACCEPTED_MS);
  if (!isFree) return;
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
