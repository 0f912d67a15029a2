import { browser } from 'wxt/browser';
import { viewWishItem } from '../storage.ts';

const SIZE = { width: 440, height: 680 };

/** Brings up the agent's calls, those to call back where wished; a call is placed only by a press in there. */
export async function openCalls(wish: 'toCallBack' | null): Promise<void> {
  await viewWishItem.setValue(wish);
  try {
    await browser.action.openPopup();
  } catch {
    // No window in front, or a browser that opens popups by a press on the button alone.
    await browser.windows.create({ url: browser.runtime.getURL('/popup.html'), type: 'popup', ...SIZE });
  }
}
