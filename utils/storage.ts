import type {
  Call,
  CallState,
  Direction,
  HistoryCall,
  HistoryPage,
  Me,
  NumberFacts,
  OwnDevice,
  VoiceToken,
} from '../relay/contract.ts';
import { defineItem } from './define-item.ts';
import type { HiddenNumber } from './hidden-numbers/hidden-filter.ts';
import type { LanguageSetting } from './session/choose-language.ts';

/*
 * Every item the extension stores, but for what outlives the browser and must not stand in `local`, which content scripts can
 * read in Firefox. In IndexedDB are the device's token and keys (utils/relay/identity.ts), the pages that calls were placed on
 * (utils/calls/kept-places.ts) and notes that wait for the relay (utils/background/kept-drafts.ts). `session` is memory-backed
 * and closed to content scripts in both browsers, so what else names a customer's number stays there.
 */

/** The relay this browser is connected to and its last answer about the agent; nothing secret. */
export interface StoredSession {
  relayUrl: string;
  me: Me | null;
  meAt: number | null;
}
export const sessionItem = defineItem<StoredSession | null>('local:session', { fallback: null, version: 1 });

/** Whether the browser is being disconnected: whoever starts after that was broken off ends it. */
export const leavingItem = defineItem<boolean>('local:leaving', { fallback: false, version: 1 });

export const languageItem = defineItem<LanguageSetting>('local:language', { fallback: 'browser', version: 1 });

/** Id of the SIP device that calls from this browser ring, of an agent who has several; null: the first. */
export const ringDeviceItem = defineItem<string | null>('local:ringDevice', { fallback: null, version: 1 });

/** Origins the user chose (`https://crm.example.com`, or `https://*` for all); enabled are those also granted. */
export const chosenSitesItem = defineItem<string[]>('local:chosenSites', { fallback: [], version: 1 });

/** Origins on which the user wants no buttons although all sites are chosen. */
export const refusedSitesItem = defineItem<string[]>('local:refusedSites', { fallback: [], version: 1 });

/** The site that the browser is asked to allow: its question may close the view that asked. */
export const wantedSiteItem = defineItem<string | null>('session:wantedSite', { fallback: null, version: 1 });

/** By origin, what the user said is no phone number: by its nature nobody's, and needed after the browser was closed. */
export const hiddenNumbersItem = defineItem<Record<string, HiddenNumber[]>>('local:hiddenNumbers', {
  fallback: {},
  version: 1,
});

/** One click. `sentAt`: when a request that can place the call may first have left; null while none has. */
export interface JournalEntry {
  key: string;
  number: string;
  clickedAt: number;
  surface: 'page' | 'popup' | 'sidepanel' | 'menu';
  site: string | null;
  /** Why the agent calls although the policy advises against it now. */
  overrideReason?: string;
  /** The device that rings; the agent's only one unless named. */
  sipDevice?: string;
  /** What the agent dials once connected. */
  extension?: string;
  sentAt: number | null;
  /** The call's state, or the code of the failure; null while unsettled. */
  outcome: CallState | (string & {}) | null;
  /** When that came first; absent while the call is being placed. */
  settledAt?: number;
}
export const callJournalItem = defineItem<JournalEntry[]>('session:callJournal', { fallback: [], version: 1 });

/** Key of the selection menu's call that the toolbar button told of last as on its way. */
export const menuCallItem = defineItem<string | null>('session:menuCall', { fallback: null, version: 1 });

/** A call, what the agent dials once connected, and the device to try instead where the one that was to ring is offline. */
export type ToldCall = Call & { extension?: string; other?: OtherDevice };
export type OtherDevice = Pick<OwnDevice, 'id' | 'name'>;
/** What became of the calls placed from this browser in the last hour, newest first; times on the relay's clock. */
export const toldCallsItem = defineItem<ToldCall[]>('session:toldCalls', { fallback: [], version: 1 });

/** Whether the drafts of notes that outlived the browser are back in this session of it. */
export const notesRestoredItem = defineItem<boolean>('session:notesRestored', { fallback: false, version: 1 });

/** The page that a call was placed on, for the way back to it; its address never leaves this computer (utils/calls/kept-places.ts). */
export interface CallPlace {
  key: string;
  number: string;
  /** On the relay's clock. */
  placedAt: number;
  url: string;
}
export const callPlacesItem = defineItem<CallPlace[]>('session:callPlaces', { fallback: [], version: 1 });

export const voiceTokenItem = defineItem<VoiceToken | null>('session:voiceToken', { fallback: null, version: 1 });

/** Milliseconds to add to this computer's clock to get the relay's. */
export const clockOffsetItem = defineItem<number>('session:clockOffset', { fallback: 0, version: 1 });

/** The newest page of the history without filters as the relay last gave it: what a view shows before the next answer. */
export interface FirstPage {
  relayUrl: string;
  page: HistoryPage;
}
export const firstPageItem = defineItem<FirstPage | null>('session:firstPage', { fallback: null, version: 1 });

/** What the relay said of numbers within the last minute. */
export interface KnownFacts {
  relayUrl: string;
  at: number;
  facts: NumberFacts;
}
export const numberFactsItem = defineItem<KnownFacts[]>('session:numberFacts', { fallback: [], version: 1 });

/** A recording on its way from the popup to the side panel; `position` in seconds. */
export interface Handover {
  call: HistoryCall;
  position: number;
  at: number;
  /** The browser window whose side panel is meant; absent: whichever is there. */
  windowId?: number;
}
export const handoverItem = defineItem<Handover | null>('session:handover', { fallback: null, version: 1 });

/** A call as its signals told; times on the relay's clock. */
export interface SeenCall {
  callId: string;
  direction: Direction;
  peer: { number: string; name: string | null };
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  talkSeconds: number | null;
}
/**
 * What the background hears of the agent's calls. Views watch this item and hold the port of utils/live/watch-live.ts meanwhile:
 * the stream runs while somebody looks, and an item outlives a worker that was killed.
 */
export interface LiveState {
  relayUrl: string | null;
  /** `off`: nobody listens, so nothing is known of now. `waiting`: the relay cannot be reached and is tried again. */
  link: 'off' | 'opening' | 'open' | 'waiting';
  /** Whether the relay hears AntBuddy's signals; otherwise calls are known from the history alone, a minute or so later. */
  signals: boolean;
  /** Newest first; ended ones for five minutes. */
  calls: SeenCall[];
  /** Id of the last event, where a broken stream goes on. */
  lastId: string | null;
  /** Until when the relay was heard, on its clock; absent: not known. */
  heardAt?: number;
  /** When the relay last said that it will never hear signals, on its clock; absent: it did not. */
  neverAt?: number;
}
export const liveItem = defineItem<LiveState>('session:live', {
  fallback: { relayUrl: null, link: 'off', signals: false, calls: [], lastId: null },
  version: 1,
});

/** Whom to call back, as the relay last said: their number, and the calls that were told of. */
export interface KnownMissed {
  relayUrl: string;
  count: number;
  /** Of the missed calls, newest first. */
  ids: string[];
  /** Of those that a notification names and nobody has looked at since; absent: none. */
  told?: string[];
  completeTo: number | null;
}
export const missedItem = defineItem<KnownMissed | null>('session:missed', { fallback: null, version: 1 });

/** What a view should show first: whom to call back, what became of a call placed elsewhere, or a text to read a number in. */
export type ViewWish = { show: 'toCallBack' } | { show: 'placed'; call: ToldCall } | { show: 'typed'; text: string };
/** A view that opens much later than `at` was not opened for it. */
export const viewWishItem = defineItem<(ViewWish & { at: number }) | null>('session:viewWish', {
  fallback: null,
  version: 1,
});

/** Id of the window that shows the calls where the browser opens no popup by itself; null: none was opened yet. */
export const callsWindowItem = defineItem<number | null>('session:callsWindow', { fallback: null, version: 1 });

/** How the agent wants to be told of calls, and what the CRM is. */
export interface AgentSettings {
  /** The number of missed calls to call back on the toolbar button. */
  badge: boolean;
  /** Notifications, for which the browser's permission is needed too. */
  notifyMissed: boolean;
  notifyIncoming: boolean;
  /** Whether notifications, which others may see, name the caller. */
  showCaller: boolean;
  /** Address of the CRM's search with `{number}` or `{national}` in it; empty: none. */
  crmSearch: string;
  /** Whether a click on a `tel:` link of a granted site asks Dialside instead of the system. */
  telLinks: boolean;
}
export const agentSettingsItem = defineItem<AgentSettings>('local:agentSettings', {
  fallback: { badge: true, notifyMissed: false, notifyIncoming: false, showCaller: true, crmSearch: '', telLinks: false },
  version: 1,
});

/** How the agent likes recordings played; `volume` from 0 to 1. */
export interface PlayerSettings {
  speed: number;
  volume: number;
  skipsSilence: boolean;
}
export const playerSettingsItem = defineItem<PlayerSettings>('local:playerSettings', {
  fallback: { speed: 1, volume: 1, skipsSilence: false },
  version: 1,
});

/** What is the connected agent's and goes with the connection. The clock's offset tells of nobody, and requests go by it as they know it. */
export const agentItems = [
  callJournalItem,
  callPlacesItem,
  firstPageItem,
  handoverItem,
  liveItem,
  menuCallItem,
  missedItem,
  numberFactsItem,
  ringDeviceItem,
  sessionItem,
  toldCallsItem,
  viewWishItem,
  voiceTokenItem,
];
