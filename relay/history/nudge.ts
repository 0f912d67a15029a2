import type { Deps } from '../deps.ts';
import { createListeners } from '../store/listeners.ts';
import { type Membership, membershipOf } from '../store/membership.ts';

const topic = 'accepted-call';
/** The histories are not read more often than this whatever is told. */
const tellEveryMs = 1_000;
const alone = createListenersByStore();
const waiting = new WeakSet<Membership>();
const toldAt = new WeakMap<Membership, number>();

/** A call was accepted, so the histories will soon hold something new: for the relay on this store that reads them. */
export function noteAcceptedCall({ store }: Pick<Deps, 'store'>): void {
  const relays = membershipOf(store);
  if (!relays) alone(store).call(topic);
  if (!relays || waiting.has(relays)) return;
  const tell = () => {
    waiting.delete(relays);
    toldAt.set(relays, performance.now());
    relays.tell(topic);
  };
  const waitMs = (toldAt.get(relays) ?? Number.NEGATIVE_INFINITY) + tellEveryMs - performance.now();
  if (waitMs <= 0) {
    tell();
  } else {
    waiting.add(relays);
    setTimeout(tell, waitMs).unref();
  }
}

/** Hears of the calls that any relay on the store placed. Returns its undo. */
export function onAcceptedCall({ store }: Pick<Deps, 'store'>, listener: () => void): () => void {
  return (membershipOf(store)?.listen ?? alone(store).add)(topic, listener);
}

function createListenersByStore() {
  const all = new WeakMap<Deps['store'], ReturnType<typeof createListeners>>();
  return (store: Deps['store']) => {
    const listeners = all.get(store) ?? createListeners();
    all.set(store, listeners);
    return listeners;
  };
}
