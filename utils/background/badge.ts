import { browser } from 'wxt/browser';

const LOOKS = {
  placing: { text: '…', color: '#5b6472' },
  accepted: { text: '✓', color: '#1a7f4b' },
  failed: { text: '!', color: '#b3261e' },
} as const;
export type BadgeLook = keyof typeof LOOKS;

/** Puts what became of a call of the selection menu on the toolbar button, the sentence as its tooltip. */
export async function showBadge(look: BadgeLook, sentence: string): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ color: LOOKS[look].color });
  await browser.action.setBadgeText({ text: LOOKS[look].text });
  await browser.action.setTitle({ title: sentence });
}

/** Gives the button its own looks back, once somebody has looked into the popup. */
export async function clearBadge(): Promise<void> {
  await browser.action.setBadgeText({ text: '' });
  await browser.action.setTitle({ title: browser.i18n.getMessage('extName') });
}
