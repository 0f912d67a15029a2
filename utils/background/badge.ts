import { browser } from 'wxt/browser';
import { noticeWords } from '../live/notice-words.ts';
import { agentSettingsItem, missedItem } from '../storage.ts';

const LOOKS = {
  placing: { text: '…', color: '#5b6472' },
  accepted: { text: '✓', color: '#1a7f4b' },
  failed: { text: '!', color: '#b3261e' },
} as const;
export type BadgeLook = keyof typeof LOOKS;
const MISSED_COLOR = '#8a4b00';
/** How long the sign of a call that was accepted is there to be seen, in milliseconds. */
const ACCEPTED_MS = 10_000;
/** When that sign came. A worker that was killed meanwhile takes it for old. */
let acceptedAt = 0;

/** Puts what became of a call of the selection menu on the toolbar button, the sentence as its tooltip. */
export async function showBadge(look: BadgeLook, sentence: string): Promise<void> {
  if (look === 'accepted') {
    acceptedAt = Date.now();
    setTimeout(() => void showMissedBadge(), ACCEPTED_MS);
  }
  await put(LOOKS[look].text, LOOKS[look].color, sentence);
}

/** Says why a press placed no call, unless the button tells of one that is on its way or was accepted just now. */
export async function showFolded(sentence: string): Promise<void> {
  const told: string[] = [LOOKS.placing.text, LOOKS.accepted.text];
  if (!told.includes(await browser.action.getBadgeText({}))) await showBadge('failed', sentence);
}

/** Where a call stood as on its way a failure stands now. Gives whether one stood there. */
export async function endPlacing(sentence: () => Promise<string>): Promise<boolean> {
  if (!(await standsPlacing())) return false;
  await showBadge('failed', await sentence());
  return true;
}

async function standsPlacing(): Promise<boolean> {
  return (await browser.action.getBadgeText({})) === LOOKS.placing.text;
}

/** Gives the button its own looks back, once somebody has looked into the popup; a call on its way stays until it has an end. */
export async function clearBadge(): Promise<void> {
  if (await standsPlacing()) return;
  await browser.action.setBadgeText({ text: '' });
  await showMissedBadge();
}

/**
 * Puts the number of missed calls to call back on the button. It never takes the place of a failure or of a call on its way,
 * and of a call that was accepted only once that could be seen.
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
