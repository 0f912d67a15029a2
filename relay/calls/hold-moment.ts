import type { Deps } from '../deps.ts';
import type { Click } from './ledger.ts';

/** Of the drafts that are being placed or taken back: device, key and time. */
const held = new WeakMap<Deps['store'], Set<string>>();

/**
 * The time that a call is drafted at, its own until it is freed: of two requests with one key in one millisecond the second gets the
 * next, since a request knows by that time whether a row is its own.
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
