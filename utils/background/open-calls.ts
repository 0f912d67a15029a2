import { browser } from 'wxt/browser';
import { type ViewWish, viewWishItem } from '../storage.ts';

const SIZE = { width: 440, height: 680 };

/** Brings up the agent's calls, and in them what is wished; a call is placed only by a press in there. */
export async function openCalls(wish: ViewWish | null): Promise<void> {
  await viewWishItem.setValue(wish && { ...wish, at: Date.now() });
  try {
    await browser.action.openPopup();
  } catch {
    // No window in front, or a browser that opens popups by a press on the button alone.
    await browser.windows.create({ url: browser.runtime.getURL('/popup.html'), type: 'popup', ...SIZE });
  }
}
