import { browser } from '@wxt-dev/browser';
import { type Handover, handoverItem } from '../../utils/storage.ts';
import type { View } from '../view/view.ts';

/** A side panel that opens later than this was not opened for the recording. */
const freshMs = 30_000;

/** Firefox's way to open the sidebar, which Chromium's types do not know. */
interface SidebarAction {
  open(): Promise<void>;
}

/** The popup gives what it plays to the side panel of its window, where it goes on when the popup closes. */
export function handOverFromPopup(): Pick<View, 'handOver'> {
  const { sidebarAction } = browser as unknown as { sidebarAction?: SidebarAction };
  if (!sidebarAction && !browser.sidePanel) return {};
  // Asked before the press: the browsers open a panel only while the press is being handled.
  let windowId: number | undefined;
  void browser.windows?.getCurrent().then(({ id, type }) => {
    // A window of the popup alone has no side panel.
    if (type === 'normal') windowId = id;
  });
  return {
    handOver: {
      isPossible: () => windowId !== undefined,
      async give(handover) {
        if (windowId === undefined) return false;
        const opened = sidebarAction ? sidebarAction.open() : browser.sidePanel.open({ windowId });
        try {
          await Promise.all([handoverItem.setValue({ ...handover, windowId }), opened]);
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

/** The side panel takes over what the popup of its window gives, also when it was open before. */
export function takeOverInPanel(
  now: () => number = Date.now,
  ownWindow: () => Promise<number | undefined> = async () => (await browser.windows?.getCurrent())?.id,
): Pick<View, 'watchHandover'> {
  return {
    watchHandover(taken) {
      /** One given while the panel opens is read, and told of too. */
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
