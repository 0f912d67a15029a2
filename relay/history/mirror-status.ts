import * as v from 'valibot';
import { parseJson } from '../antbuddy/parse-json.ts';
import type { Me } from '../contract.ts';
import type { Store } from '../store/open-store.ts';
import { readState, writeState } from '../store/state.ts';

/** Row of `state` that says how far the mirror got. */
export const progressName = 'history-mirror';
export const dayMs = 86_400_000;
export const backfillDays = 31;

const ProgressSchema = v.object({
  /** Every call that started before this was read. */
  completeTo: v.nullable(v.number()),
  /** Start of the first sweep: the backfill goes from here into the past. */
  backfillFrom: v.nullable(v.number()),
  /** Days of the backfill that are read, newest first. */
  backfilledDays: v.number(),
  /** Whether all of them were read before. */
  isAgain: v.optional(v.boolean()),
});
export type MirrorProgress = v.InferOutput<typeof ProgressSchema>;

const nothingYet: MirrorProgress = { completeTo: null, backfillFrom: null, backfilledDays: 0 };

export async function readProgress(store: Store): Promise<MirrorProgress> {
  return parseProgress(await readState(store, progressName));
}

export function parseProgress(value: string | null): MirrorProgress {
  return value === null ? nothingYet : v.parse(ProgressSchema, parseJson(value));
}

export async function writeProgress(store: Store, progress: MirrorProgress): Promise<void> {
  await writeState(store, progressName, JSON.stringify(progress));
}

/** How far the mirror got, as `/me` and the history tell it. */
export async function readMirrorStatus(store: Store): Promise<Me['history']> {
  const { completeTo, backfilledDays, isAgain } = await readProgress(store);
  return { completeTo, backfilled: isAgain ? 1 : Math.min(1, backfilledDays / backfillDays) };
}
