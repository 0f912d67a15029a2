import { browser } from '@wxt-dev/browser';
import { type Handover, handoverItem } from '../../utils/storage.ts';
import type { View } from '../view/view.ts';

/** A side panel that opens later than this was not opened for the handed-over recording. */
const freshMs = 30_000;

/** Firefox's API for opening the sidebar, missing from Chromium's types. */
interface SidebarAction {
  open(): Promise<void>;
}

/** The popup opens the side panel of its window, and may hand its recording over, which continues there after the popup closes. */
export function panelOfPopup(): Pick<View, 'panel'> {
  const { sidebarAction } = browser as unknown as { sidebarAction?: SidebarAction };
  if (!sidebarAction && !browser.sidePanel) return {};
  // Looked up in advance: browsers open a panel only within the click handler, so nothing may be awaited there.
  let windowId: number | undefined;
  async function findWindow() {
    const own = await browser.windows?.getCurrent();
    // A popup-type window, which holds only the popup, has no side panel.
    if (own?.type === 'normal') windowId = own.id;
    return windowId !== undefined;
  }
  return {
    panel: {
      isPossible: findWindow(),
      async open(handover) {
        if (windowId === undefined) return false;
        const opened = sidebarAction ? sidebarAction.open() : browser.sidePanel.open({ windowId });
        try {
          await Promise.all([handover && handoverItem.setValue({ ...handover, windowId }), opened]);
        } catch (error) {
          console.error('The side panel did not open.', error);
          await handoverItem.setValue(null);
          return false;
        }
        window.close();
        return true;
      },
    },
  };
}

/** The side panel takes over a recording from the popup of its window, whether it was open before or opens for it. */
export function takeOverInPanel(
  now: () => number = Date.now,
  ownWindow: () => Promise<number | undefined> = async () => (await browser.windows?.getCurrent())?.id,
): Pick<View, 'watchHandover'> {
  return {
    watchHandover(taken) {
      /** When the last one taken was handed over: one stored while the panel opens is both read and reported by `watch`. */
      let takenAt: number | null = null;
      const take = async (handover: Handover | null) => {
        if (!handover) return;
        if (handover.windowId !== undefined && handover.windowId !== (await ownWindow())) return;
        if (handover.at === takenAt) return;
        takenAt = handover.at;
        await handoverItem.setValue(null);
        if (now() - handover.at < freshMs) taken(handover);
      };
      void handoverItem.getValue().then(take);
      return handoverItem.watch((handover) => void take(handover));
    },
  };
}
