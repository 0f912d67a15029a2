import { createTurns } from '../create-turns.ts';
import type { Click } from '../messages.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { type CallPlace, callPlacesItem } from '../storage.ts';
import { createKeptPlaces, type KeptPlaces } from './kept-places.ts';

const KEPT = 500;
/** Longer than from one working week to the next. */
const KEPT_MS = 7 * 86_400_000;
const LONGEST_URL = 2_000;
/**
 * Tolerance between a click and AntBuddy's start of the call, the same as in the relay: AntBuddy's clock differs, and the call
 * starts only when the agent has picked up.
 */
const EARLIER_MS = 60_000;
const LATER_MS = 180_000;
/** Whether a call of the history with this start can be the call placed at this time. */
export function isStartOf(startedAt: number, placedAt: number): boolean {
  return startedAt > placedAt - EARLIER_MS && startedAt < placedAt + LATER_MS;
}

interface PlacesItem {
  getValue(): Promise<CallPlace[]>;
  setValue(places: CallPlace[]): Promise<void>;
}

interface PlacesDeps extends Pick<RelayAccess, 'pin'> {
  /** In the browser's session memory, which views read. */
  item?: PlacesItem;
  kept?: Pick<KeptPlaces, 'read' | 'write'>;
  now?: () => number;
}

/** The pages that the last 500 calls of a week were placed on, kept in this browser only: an address may name a customer. */
export function createCallPlaces({ pin, item = callPlacesItem, kept = createKeptPlaces(), now = Date.now }: PlacesDeps) {
  const inTurn = createTurns((error) => console.error('Dialside could not keep the page of a call.', error));

  async function write(places: CallPlace[], at: number, isSame: () => Promise<boolean>): Promise<void> {
    const fresh = places.filter(({ placedAt }) => at - placedAt < KEPT_MS).slice(-KEPT);
    // Nothing of an agent may remain after the browser was disconnected or connected by another agent, also if that happened
    // during this write.
    if (!(await isSame())) return;
    await item.setValue(fresh);
    if (!(await isSame())) return item.setValue([]);
    await kept.write(fresh);
  }

  return {
    /** Restores the kept places after a start of the browser, whose session memory is empty. */
    restore(): Promise<void> {
      const pinned = pin();
      return inTurn(async () => {
        if ((await item.getValue()).length > 0) return;
        const places = await kept.read();
        if (places.length > 0) await write(places, now(), await pinned);
      });
    },

    remember({ key, number, clickedAt }: Click, page: string | null, offset: number): Promise<void> {
      const url = addressOf(page);
      if (!url) return Promise.resolve();
      const pinned = pin();
      return inTurn(async () => {
        const others = (await item.getValue()).filter((place) => place.key !== key);
        const placedAt = clickedAt + offset;
        await write([...others, { key, number, placedAt, url }], placedAt, await pinned);
      });
    },

    /** Finds the page by the call's key, or for a call of the history by number and start; null if unknown. */
    find: (wanted: string | { number: string; startedAt: number }): Promise<string | null> =>
      inTurn(async () => findPlace(await item.getValue(), wanted, now())?.url ?? null),
  };
}

export type CallPlaces = ReturnType<typeof createCallPlaces>;

/** Exported for views, which offer the way back only if a page is known. */
export function findPlace(
  places: readonly CallPlace[],
  wanted: string | { number: string; startedAt: number },
  now = Date.now(),
): CallPlace | undefined {
  // Also in a browser that runs for weeks, older places must not be used.
  const isKept = ({ placedAt }: CallPlace) => now - placedAt < KEPT_MS;
  if (typeof wanted === 'string') return places.find((place) => place.key === wanted && isKept(place));
  const { number, startedAt } = wanted;
  const distance = (place: CallPlace) => Math.abs(place.placedAt - startedAt);
  return places
    .filter((place) => place.number === number && isStartOf(startedAt, place.placedAt) && isKept(place))
    .sort((a, b) => distance(a) - distance(b))[0];
}

function addressOf(page: string | null): string | null {
  const url = URL.parse(page ?? '');
  if (!url || !/^https?:$/.test(url.protocol) || url.href.length > LONGEST_URL) return null;
  url.username = '';
  url.password = '';
  return url.href;
}
