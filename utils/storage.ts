import type {
  Call,
  CallState,
  Direction,
  HistoryCall,
  HistoryPage,
  HistoryQuery,
  LiveCall,
  Me,
  NumberFacts,
  OwnDevice,
  VoiceToken,
} from '../relay/contract.ts';
import { defineItem } from './define-item.ts';
import type { HiddenNumber } from './hidden-numbers/hidden-filter.ts';
import { nothingLive } from './live/live-state.ts';
import type { LanguageSetting } from './session/choose-language.ts';

/*
 * Every item the extension stores, except data that outlives the browser session but must not be in `local`, which content
 * scripts can read in Firefox. That data is in IndexedDB: the device's token and keys (utils/relay/identity.ts), the pages that
 * calls were placed on (utils/calls/kept-places.ts) and notes that wait for the relay (utils/background/kept-drafts.ts).
 * `session` is memory-backed and closed to content scripts in both browsers, so all other data that contains a customer's number
 * stays there.
 */

/** The relay this browser is connected to and its last answer about the agent; contains no secrets. */
export interface StoredSession {
  relayUrl: string;
  me: Me | null;
  meAt: number | null;
}
export const sessionItem = defineItem<StoredSession | null>('local:session', null);

/** Whether a disconnect is under way: a background that starts after an interrupted one completes it. */
export const leavingItem = defineItem<boolean>('local:leaving', false);

export const languageItem = defineItem<LanguageSetting>('local:language', 'browser');

/** Id of the SIP device that rings for calls from this browser, for agents with several; null: the first. */
export const ringDeviceItem = defineItem<string | null>('local:ringDevice', null);

/**
 * Origins the user chose (`https://crm.example.com`, or `https://*` for all); enabled are those that the browser also granted.
 */
export const chosenSitesItem = defineItem<string[]>('local:chosenSites', []);

/** Origins that the user excluded although all sites are chosen. */
export const refusedSitesItem = defineItem<string[]>('local:refusedSites', []);

/** The sites of the company's browser policy that were enabled here: once each, so that an agent can switch one off. */
export const companySitesItem = defineItem<string[]>('local:companySites', []);

/** The CRM search of the company's browser policy as it was last taken over; empty: none. */
export const companyCrmSearchItem = defineItem<string>('local:companyCrmSearch', '');

/** Whether open pages hold scripts that reach the extension: browsers empty `session` when they load it anew. */
export const pagesStartedItem = defineItem<boolean>('session:pagesStarted', false);

/** Whether an update of the extension waits until it interrupts nothing; browsers empty `session` when they apply it. */
export const updateWaitsItem = defineItem<boolean>('session:updateWaits', false);

/** The site whose permission prompt is open: the prompt may close the view that asked. */
export const wantedSiteItem = defineItem<string | null>('session:wantedSite', null);

/** By origin, digits that the user marked as no phone number: they are nobody's number, and must outlive the browser session. */
export const hiddenNumbersItem = defineItem<Record<string, HiddenNumber[]>>('local:hiddenNumbers', {});

/** One click. `sentAt`: the earliest time at which a request that can place the call may have left; null while none has. */
export interface JournalEntry {
  key: string;
  number: string;
  clickedAt: number;
  surface: 'page' | 'popup' | 'sidepanel' | 'menu';
  site: string | null;
  /** Why the agent calls although the policy currently advises against it. */
  overrideReason?: string;
  /** The device that rings; absent: the agent's only one. */
  sipDevice?: string;
  /** What the agent dials once connected. */
  extension?: string;
  sentAt: number | null;
  /** The call's state, or the code of the failure; null while unsettled. */
  outcome: CallState | (string & {}) | null;
  /** When `outcome` was first set; absent while the call is being placed. */
  settledAt?: number;
}
export const callJournalItem = defineItem<JournalEntry[]>('session:callJournal', []);

/** Key of the selection menu's call that the toolbar button last showed as under way. */
export const menuCallItem = defineItem<string | null>('session:menuCall', null);

/** When the toolbar button last showed the sign of a call: kept, since the background may be ended before the sign is. */
export const callSignAtItem = defineItem<number>('session:callSignAt', 0);

/** A call with what the agent dials once connected, and another device to try when the one that should ring is offline. */
export type ToldCall = Call & { extension?: string; other?: OtherDevice };
export type OtherDevice = Pick<OwnDevice, 'id' | 'name'>;
/** Outcomes of the calls placed from this browser in the last hour, newest first; times on the relay's clock. */
export const toldCallsItem = defineItem<ToldCall[]>('session:toldCalls', []);

/** Whether the note drafts that outlived the browser have been restored in this browser session. */
export const notesRestoredItem = defineItem<boolean>('session:notesRestored', false);

/**
 * The page that a call was placed on, for returning to it; its address never leaves this computer (utils/calls/kept-places.ts).
 */
export interface CallPlace {
  key: string;
  number: string;
  /** On the relay's clock. */
  placedAt: number;
  url: string;
}
export const callPlacesItem = defineItem<CallPlace[]>('session:callPlaces', []);

export const voiceTokenItem = defineItem<VoiceToken | null>('session:voiceToken', null);

/** Milliseconds to add to this computer's clock to get the relay's time. */
export const clockOffsetItem = defineItem<number>('session:clockOffset', 0);

/** The newest page of the unfiltered history in the relay's last answer: what a view shows until the next answer. */
interface FirstPage {
  relayUrl: string;
  page: HistoryPage;
}
export const firstPageItem = defineItem<FirstPage | null>('session:firstPage', null);

/** Which calls a list shows, apart from a searched text. */
export interface ListChoice {
  /** `todo`: numbers to call back, found among all calls. */
  filter: 'all' | 'todo' | 'out' | 'in' | 'missed' | 'recorded';
  /** `from` and `to` are days of the custom range such as 2026-07-03, empty when left open. */
  range: { kind: 'any' | 'today' | 'week' | 'month' | 'custom'; from: string; to: string };
  /** The outcome that the agent noted, `none`: no outcome; null: any call. */
  outcome: NonNullable<HistoryQuery['outcome']> | null;
}
/** What was chosen last, and when: a popup closes with every press beside it, and the next one goes on where it was. */
export const listChoiceItem = defineItem<{ choice: ListChoice; at: number } | null>('session:listChoice', null);

/** The relay's facts of numbers from the last minute. */
export interface KnownFacts {
  relayUrl: string;
  at: number;
  facts: NumberFacts;
}
export const numberFactsItem = defineItem<KnownFacts[]>('session:numberFacts', []);

/** A recording being handed over from the popup to the side panel; `position` in seconds. */
export interface Handover {
  call: HistoryCall;
  position: number;
  at: number;
  /** The browser window whose side panel should take it; absent: any. */
  windowId?: number;
}
export const handoverItem = defineItem<Handover | null>('session:handover', null);

/** A call as reported by signals; times on the relay's clock. */
export interface SeenCall {
  callId: string;
  direction: Direction;
  peer: { number: string; name: string | null };
  startedAt: number;
  /** Whose phone rings, where the signals tell. */
  rings?: LiveCall['rings'];
  /** Since when the other end's phone rings, after the agent's own was picked up. */
  rangAt?: number;
  answeredAt: number | null;
  endedAt: number | null;
  talkSeconds: number | null;
}
/**
 * The background's state of the agent's live calls. Views watch this item while they hold the port of utils/live/watch-live.ts:
 * the stream runs only while somebody looks, and an item survives when the worker is killed.
 */
export interface LiveState {
  relayUrl: string | null;
  /** `off`: nobody listens, so nothing current is known. `waiting`: the relay is unreachable and will be tried again. */
  link: 'off' | 'opening' | 'open' | 'waiting';
  /**
   * Whether the link is open and the relay receives AntBuddy's signals; otherwise calls are known only from the history, about a
   * minute later.
   */
  signals: boolean;
  /** Newest first; ended ones are kept for five minutes. */
  calls: SeenCall[];
  /** Id of the last event, after which a broken stream resumes. */
  lastId: string | null;
  /** When the relay was last heard, on its clock; absent: unknown. */
  heardAt?: number;
  /** When the relay last said that it will never receive signals, on its clock; absent: it did not say so. */
  neverAt?: number;
}
export const liveItem = defineItem<LiveState>('session:live', nothingLive);

/** The numbers to call back, from the relay's last answer: their count, and the ids of the missed calls already reported. */
export interface KnownMissed {
  relayUrl: string;
  count: number;
  /** Ids of the calls to call back, newest first. */
  ids: string[];
  /** Ids of those from callers who cannot be called back; absent: none. */
  others?: string[];
  /** Ids of the calls that a notification names and nobody has looked at since; absent: none. */
  told?: string[];
  /** Whether anyone called in vain, rather than asked to be called later; absent: nobody did. */
  inVain?: boolean;
  completeTo: number | null;
}
export const missedItem = defineItem<KnownMissed | null>('session:missed', null);

/**
 * What a view should show first: the calls to call back, the outcome of a call placed elsewhere, or a text to read a number
 * from.
 */
export type ViewWish = { show: 'toCallBack' } | { show: 'placed'; call: ToldCall } | { show: 'typed'; text: string };
/** A view that opens much later than `at` was not opened for this wish. */
export const viewWishItem = defineItem<(ViewWish & { at: number }) | null>('session:viewWish', null);

/** Id of the window that shows the calls where the browser cannot open a popup by script; null: none was opened yet. */
export const callsWindowItem = defineItem<number | null>('session:callsWindow', null);

/** How the agent wants to be notified of calls, and which CRM to open. */
export interface AgentSettings {
  /** Shows on the toolbar button how many numbers are to be called back. */
  badge: boolean;
  /** Notifications; these also need the browser's permission. */
  notifyMissed: boolean;
  notifyIncoming: boolean;
  /** Whether notifications, which others may see, name the caller. */
  showCaller: boolean;
  /** Address of the CRM's search, containing `{number}` or `{national}`; empty: none. */
  crmSearch: string;
  /** Whether Dialside handles clicks on `tel:` links of granted sites instead of the operating system. */
  telLinks: boolean;
}
export const agentSettingsItem = defineItem<AgentSettings>('local:agentSettings', {
  badge: true,
  notifyMissed: false,
  notifyIncoming: false,
  showCaller: true,
  crmSearch: '',
  telLinks: false,
});

/**
 * The one time that a view offers to tell of missed calls. `open`: not answered yet. `wanted`: accepted; the browser's own prompt
 * may close the view.
 */
export const missedOfferItem = defineItem<'open' | 'wanted' | 'answered'>('local:missedOffer', 'open');

/** The agent's playback preferences; `volume` from 0 to 1. */
export interface PlayerSettings {
  speed: number;
  volume: number;
  skipsSilence: boolean;
}
export const playerSettingsItem = defineItem<PlayerSettings>('local:playerSettings', {
  speed: 1,
  volume: 1,
  skipsSilence: false,
});

/** The connected agent's items, cleared on disconnect. The clock's offset says nothing about a person and stays for later requests. */
export const agentItems = [
  callJournalItem,
  callPlacesItem,
  firstPageItem,
  handoverItem,
  listChoiceItem,
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
