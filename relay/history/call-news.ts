import type { Deps } from '../deps.ts';
import { createListeners } from '../store/listeners.ts';
import { type Membership, membershipOf } from '../store/membership.ts';

const topic = 'accepted-call';
/** The relays are not told more often than this. */
const tellEveryMs = 1_000;
const alone = createListenersByStore();
const waiting = new WeakSet<Membership>();
const toldAt = new WeakMap<Membership, number>();

/** Tells the relays on this store that a call was accepted or ended, so the histories will soon hold something new. */
export function tellCallNews({ store }: Pick<Deps, 'store'>): void {
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

/** Listens for calls accepted or ended at any relay on the store. Returns its undo. */
export function onCallNews({ store }: Pick<Deps, 'store'>, listener: () => void): () => void {
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
