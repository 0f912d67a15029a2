import { createTurns } from '../create-turns.ts';
import type { Click } from '../messages.ts';
import { type CallPlace, callPlacesItem } from '../storage.ts';

const KEPT = 500;
const LONGEST_URL = 2_000;
/** AntBuddy's start of a call against the click, as the relay links the two. */
const EARLIER_MS = 60_000;
const LATER_MS = 180_000;

export interface PlacesItem {
  getValue(): Promise<CallPlace[]>;
  setValue(places: CallPlace[]): Promise<void>;
}

/** The pages that the last 500 calls were placed on, in the memory of this browser alone: an address may name a customer. */
export function createCallPlaces(item: PlacesItem = callPlacesItem) {
  const inTurn = createTurns();

  return {
    remember({ key, number, clickedAt }: Click, page: string | null, offset: number): Promise<void> {
      const url = addressOf(page);
      if (!url) return Promise.resolve();
      return inTurn(async () => {
        const others = (await item.getValue()).filter((place) => place.key !== key);
        await item.setValue([...others, { key, number, placedAt: clickedAt + offset, url }].slice(-KEPT));
      });
    },

    /** By its key, or the call of the history by its number and start; null when nobody remembers. */
    async find(wanted: string | { number: string; startedAt: number }): Promise<string | null> {
      return findPlace(await item.getValue(), wanted)?.url ?? null;
    },
  };
}

export type CallPlaces = ReturnType<typeof createCallPlaces>;

/** Also for views, which show the way back only where there is one. */
export function findPlace(
  places: readonly CallPlace[],
  wanted: string | { number: string; startedAt: number },
): CallPlace | undefined {
  if (typeof wanted === 'string') return places.find(({ key }) => key === wanted);
  const { number, startedAt } = wanted;
  const distance = (place: CallPlace) => Math.abs(place.placedAt - startedAt);
  return places
    .filter(
      (place) => place.number === number && startedAt > place.placedAt - EARLIER_MS && startedAt < place.placedAt + LATER_MS,
    )
    .sort((a, b) => distance(a) - distance(b))[0];
}

function addressOf(page: string | null): string | null {
  const url = URL.parse(page ?? '');
  if (!url || !/^https?:$/.test(url.protocol) || url.href.length > LONGEST_URL) return null;
  url.username = '';
  url.password = '';
  return url.href;
}
