import type { Deps } from '../deps.ts';
import type { Click } from './ledger.ts';

/** Drafts being placed or taken back, as device, key and time. */
const held = new WeakMap<Deps['store'], Set<string>>();

/**
 * Reserves the creation time of a draft until `free` is called. A request recognises its own row by this time, so of two requests
 * with one key in one millisecond the second gets the next millisecond.
 */
export function holdMoment(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  { deviceId, key }: Pick<Click, 'deviceId' | 'key'>,
): { at: number; free: () => void } {
  const moments = held.get(store) ?? new Set();
  held.set(store, moments);
  const nameOf = (at: number) => `${deviceId} ${key} ${at}`;
  let at = now();
  while (moments.has(nameOf(at))) at += 1;
  moments.add(nameOf(at));
  return { at, free: () => moments.delete(nameOf(at)) };
}
