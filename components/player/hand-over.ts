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
  /** A window of the popup alone has no side panel: then whichever is there goes on. */
  let hasPanel = false;
  void browser.windows?.getCurrent().then((window) => {
    windowId = window.id;
    hasPanel = window.type === 'normal';
  });
  if (!sidebarAction && !browser.sidePanel) return {};
  return {
    handOver(handover) {
      const opened = sidebarAction
        ? sidebarAction.open()
        : windowId === undefined
          ? Promise.resolve()
          : browser.sidePanel.open({ windowId });
      void Promise.all([handoverItem.setValue({ ...handover, ...(hasPanel && { windowId }) }), opened]).then(() =>
        window.close(),
      );
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
      const take = async (handover: Handover | null) => {
        if (!handover) return;
        if (handover.windowId !== undefined && handover.windowId !== (await ownWindow())) return;
        await handoverItem.setValue(null);
        if (now() - handover.at < freshMs) taken(handover);
      };
      void handoverItem.getValue().then(take);
      return handoverItem.watch((handover) => void take(handover));
    },
  };
}
