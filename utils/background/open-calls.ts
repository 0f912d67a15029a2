import { browser } from 'wxt/browser';
import { callsWindowItem, type ViewWish, viewWishItem } from '../storage.ts';

const SIZE = { width: 440, height: 680 };

/** Brings up the agent's calls, and in them what is wished; a call is placed only by a press in there. */
export async function openCalls(wish: ViewWish | null): Promise<void> {
  await viewWishItem.setValue(wish && { ...wish, at: Date.now() });
  try {
    await browser.action.openPopup();
  } catch {
    // No window in front, or a browser that opens popups by a press on the button alone.
    await openWindow();
  }
}

/** The window that was opened before, as long as it is there; it watches for what is wished. */
async function openWindow(): Promise<void> {
  const before = await callsWindowItem.getValue();
  try {
    if (before !== null) {
      await browser.windows.update(before, { focused: true });
      return;
    }
  } catch {
    // It was closed.
  }
  const made = await browser.windows.create({ url: browser.runtime.getURL('/popup.html'), type: 'popup', ...SIZE });
  await callsWindowItem.setValue(made?.id ?? null);
}
