import { browser } from 'wxt/browser';
import { callsWindowItem, type ViewWish, viewWishItem } from '../storage.ts';

const SIZE = { width: 440, height: 680 };

/** Opens the agent's calls and, in them, the wished view; a call is placed only by a press in it. */
export async function showCalls(wish: ViewWish | null): Promise<void> {
  await viewWishItem.setValue(wish && { ...wish, at: Date.now() });
  try {
    await browser.action.openPopup();
  } catch {
    // No window has the focus, or the browser opens the popup only on a press of the button.
    await openWindow();
  }
}

/** Focuses the window opened earlier, if it still exists; it watches for the wish. */
async function openWindow(): Promise<void> {
  const before = await callsWindowItem.getValue();
  try {
    if (before !== null) {
      await browser.windows.update(before, { focused: true });
      return;
    }
  } catch {
    // The window was closed.
  }
  const made = await browser.windows.create({ url: browser.runtime.getURL('/popup.html'), type: 'popup', ...SIZE });
  await callsWindowItem.setValue(made?.id ?? null);
}
