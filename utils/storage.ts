import { storage } from '@wxt-dev/storage';
import type { CallState, HistoryCall, HistoryPage, Me, NoteChange, NumberFacts, VoiceToken } from '../relay/contract.ts';
import type { HiddenNumber } from './hidden-numbers/hidden-filter.ts';
import type { Language } from './messages.ts';

/*
 * Every item the extension stores, but for the device's token and keys: those stand in IndexedDB (utils/relay/identity.ts)
 * because content scripts can read `local` in Firefox. `session` is memory-backed and closed to content scripts in both
 * browsers, so what names a customer's number stays there.
 */

/** The relay this browser is connected to and its last answer about the agent; nothing secret. */
export interface StoredSession {
  relayUrl: string;
  me: Me | null;
  meAt: number | null;
}
export const sessionItem = storage.defineItem<StoredSession | null>('local:session', { fallback: null, version: 1 });

export const languageItem = storage.defineItem<Language | 'browser'>('local:language', { fallback: 'browser', version: 1 });

/** Origins the user chose (`https://crm.example.com`, or `https://*` for all); enabled are those also granted. */
export const chosenSitesItem = storage.defineItem<string[]>('local:chosenSites', { fallback: [], version: 1 });

/** Origins on which the user wants no buttons although all sites are chosen. */
export const refusedSitesItem = storage.defineItem<string[]>('local:refusedSites', { fallback: [], version: 1 });

/** By origin, what the user said is no phone number: by its nature nobody's, and needed after the browser was closed. */
export const hiddenNumbersItem = storage.defineItem<Record<string, HiddenNumber[]>>('local:hiddenNumbers', {
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
  sentAt: number | null;
  /** The call's state, or the code of the failure; null while unsettled. */
  outcome: CallState | (string & {}) | null;
}
export const callJournalItem = storage.defineItem<JournalEntry[]>('session:callJournal', { fallback: [], version: 1 });

export const voiceTokenItem = storage.defineItem<VoiceToken | null>('session:voiceToken', { fallback: null, version: 1 });

/** Milliseconds to add to this computer's clock to get the relay's. */
export const clockOffsetItem = storage.defineItem<number>('session:clockOffset', { fallback: 0, version: 1 });

/** The newest page of the history without filters as the relay last gave it: what a view shows before the next answer. */
export interface FirstPage {
  relayUrl: string;
  page: HistoryPage;
}
export const firstPageItem = storage.defineItem<FirstPage | null>('session:firstPage', { fallback: null, version: 1 });

/** What the relay said of numbers within the last minute. */
export interface KnownFacts {
  relayUrl: string;
  at: number;
  facts: NumberFacts;
}
export const numberFactsItem = storage.defineItem<KnownFacts[]>('session:numberFacts', { fallback: [], version: 1 });

/** A note that the relay does not have yet, by the call's subject: what was typed, and the version that it was typed over. */
export interface NoteDraft extends NoteChange {
  agentId: string;
  version: number;
  known: NoteChange;
  editedAt: number;
}
export const noteDraftsItem = storage.defineItem<Record<string, NoteDraft>>('session:noteDrafts', { fallback: {}, version: 1 });

/** A recording on its way from the popup to the side panel; `position` in seconds. */
export interface Handover {
  call: HistoryCall;
  position: number;
  at: number;
}
export const handoverItem = storage.defineItem<Handover | null>('session:handover', { fallback: null, version: 1 });

/** How the agent likes recordings played; `volume` from 0 to 1. */
export interface PlayerSettings {
  speed: number;
  volume: number;
  skipsSilence: boolean;
}
export const playerSettingsItem = storage.defineItem<PlayerSettings>('local:playerSettings', {
  fallback: { speed: 1, volume: 1, skipsSilence: false },
  version: 1,
});
