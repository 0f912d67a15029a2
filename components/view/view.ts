import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type * as v from 'valibot';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import type { Language, MessageAnswer, MessageName, Protocol } from '../../utils/messages.ts';
import type { Handover, LiveState } from '../../utils/storage.ts';

type MessageInput<Name extends MessageName> = v.InferInput<Protocol[Name]['data']>;

/** Sends a request to the background. Never throws: a broken channel yields the failure `extension_reloaded`. */
export type Send = <Name extends MessageName>(
  name: Name,
  ...data: undefined extends MessageInput<Name> ? [] : [data: MessageInput<Name>]
) => Promise<MessageAnswer<Name>>;

/** What a view receives from its document, so that it can also be mounted outside a browser extension. */
export interface View {
  send: Send;
  language: Language;
  t: Translate<TextKey>;
  format: Format;
  /** Must be called in a click handler before anything is awaited: Firefox would otherwise lose the user gesture. */
  requestHosts(origins: string[]): Promise<boolean>;
  openOptions(): void;
  /** Id of the browser window that contains the view; undefined when the view is a window of its own. */
  ownWindow(): Promise<number | undefined>;
  /** Reports when another tab becomes active in that window, which a side panel outlives; returns the undo. */
  watchActiveTab(changed: () => void): () => void;
  /** The keyboard shortcut that opens Dialside, as set in the browser; empty: none. */
  openKey(): Promise<string>;
  /** Opens the browser's own page of extension shortcuts. */
  openKeySettings(): void;
  /** Must be called in a click handler, like `requestHosts`. */
  requestNotifications(): Promise<boolean>;
  /** Reports the agent's live calls now and at each change, while the document is visible; returns the undo. */
  watchLive(show: (live: LiveState) => void): () => void;
  /** The side panel of the window that contains the view; absent when the browser has none or this view is it. */
  panel?: {
    isPossible: Promise<boolean>;
    /**
     * Must be called in a click handler. A recording handed over continues in the panel. Resolves to whether the browser opened
     * the panel, which closes this view.
     */
    open(handover?: Handover): Promise<boolean>;
  };
  /** In the side panel: reports recordings handed over to it; returns the undo. */
  watchHandover?(taken: (handover: Handover) => void): () => void;
}

export const ViewContext = createContext<View | null>(null);

export function useView(): View {
  const view = useContext(ViewContext);
  if (view === null) throw new Error('A component was mounted outside ViewContext.');
  return view;
}
