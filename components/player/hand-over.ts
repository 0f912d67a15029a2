import { browser } from '@wxt-dev/browser';
import { type Handover, handoverItem } from '../../utils/storage.ts';
import type { View } from '../view/view.ts';

/** A side panel that opens later than this was not opened for the recording. */
const freshMs = 30_000;

/** Firefox's way to open the sidebar, which Chromium's types do not know. */
interface SidebarAction {
  open(): Promise<void>;
}

/** The popup gives what it plays to the side panel, where it goes on when the popup closes. */
export function handOverFromPopup(): Pick<View, 'handOver'> {
  const { sidebarAction } = browser as unknown as { sidebarAction?: SidebarAction };
  // Asked before the press: the browsers open a panel only while the press is being handled.
  let windowId: number | undefined;
  void browser.windows?.getCurrent().then((window) => {
    windowId = window.id;
  });
  if (!sidebarAction && !browser.sidePanel) return {};
  return {
    handOver(handover) {
      const opened = sidebarAction
        ? sidebarAction.open()
        : windowId === undefined
          ? Promise.resolve()
          : browser.sidePanel.open({ windowId });
      void Promise.all([handoverItem.setValue(handover), opened]).then(() => window.close());
    },
  };
}

/** The side panel takes over what a popup gives, also when it was open before. */
export function takeOverInPanel(now: () => number = Date.now): Pick<View, 'watchHandover'> {
  return {
    watchHandover(taken) {
      const take = async (handover: Handover | null) => {
        if (!handover) return;
        await handoverItem.setValue(null);
        if (now() - handover.at < freshMs) taken(handover);
      };
      void handoverItem.getValue().then(take);
      return handoverItem.watch((handover) => void take(handover));
    },
  };
}
