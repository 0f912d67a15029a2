import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type * as v from 'valibot';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import type { MessageAnswer, MessageName, Protocol } from '../../utils/messages.ts';
import type { Handover, LiveState } from '../../utils/storage.ts';

type MessageInput<Name extends MessageName> = v.InferInput<Protocol[Name]['data']>;

/** Asks the background. Never throws: a broken channel is a reply `extension_reloaded`. */
export type Send = <Name extends MessageName>(
  name: Name,
  ...data: undefined extends MessageInput<Name> ? [] : [data: MessageInput<Name>]
) => Promise<MessageAnswer<Name>>;

/** What every view is given by the document it stands in, so that it can also be mounted without a browser extension. */
export interface View {
  send: Send;
  t: Translate<TextKey>;
  format: Format;
  /** Must be called in a click handler before anything is awaited: Firefox forgets the gesture otherwise. */
  requestHosts(origins: string[]): Promise<boolean>;
  openOptions(): void;
  /** Id of the browser window that the view stands in; undefined where it is a window of its own. */
  ownWindow?(): Promise<number | undefined>;
  /** Tells when another page came to the front there, which a side panel lives through; returns the undo. */
  watchActiveTab(changed: () => void): () => void;
  /** The key that opens Dialside, as the browser has it; empty: none. */
  openKey?(): Promise<string>;
  /** Opens the browser's own page of the extensions' keys. */
  openKeySettings?(): void;
  /** Must be called in a click handler, as `requestHosts`. */
  requestNotifications?(): Promise<boolean>;
  /** Tells the agent's live calls now and at each change, while the document is on screen; returns the undo. */
  watchLive?(show: (live: LiveState) => void): () => void;
  /** Lets a recording go on in the side panel; not there where there is none, or this is it. */
  handOver?: {
    /** Whether the window that the view stands in can have one. */
    isPossible(): boolean;
    /** Must be called in a click handler. Tells whether the browser opened the panel. */
    give(handover: Handover): Promise<boolean>;
  };
  /** In the side panel: tells of recordings to go on with; returns the undo. */
  watchHandover?(taken: (handover: Handover) => void): () => void;
}

export const ViewContext = createContext<View | null>(null);

export function useView(): View {
  const view = useContext(ViewContext);
  if (view === null) throw new Error('A component was mounted outside ViewContext.');
  return view;
}
