import * as v from 'valibot';
import { parseJson } from '../antbuddy/parse-json.ts';
import type { Me } from '../contract.ts';
import type { Store } from '../store/open-store.ts';
import { readState, writeState } from '../store/state.ts';

/** Row of `state` with the mirror's progress. */
export const progressName = 'history-mirror';
export const dayMs = 86_400_000;
export const backfillDays = 31;
/** How far back AntBuddy is asked: 31 days (section 1.2), minus a margin for differing clocks. */
export const oldestMs = backfillDays * dayMs - 600_000;
/** Longest talk expected. A call enters the history when it ends, and the mirror with a sweep that reaches back to its start. */
export const longestTalkMs = 2 * 60 * 60_000;

const SpanSchema = v.object({ from: v.number(), to: v.number() });
/** A time range of the histories, in epoch milliseconds. */
export type Span = v.InferOutput<typeof SpanSchema>;

const ProgressSchema = v.object({
  /** Every call that started before this was read, except those in a hole. */
  completeTo: v.nullable(v.number()),
  /** Ranges that AntBuddy failed to return, oldest first. */
  holes: v.optional(v.array(SpanSchema), []),
  /** Start of the first sweep: the backfill goes from here into the past. */
  backfillFrom: v.nullable(v.number()),
  /** Days already backfilled, newest first. */
  backfilledDays: v.number(),
  /** Whether this backfill repeats an earlier, complete one. */
  isAgain: v.optional(v.boolean()),
});
type MirrorProgress = v.InferOutput<typeof ProgressSchema>;

const nothingYet: MirrorProgress = { completeTo: null, holes: [], backfillFrom: null, backfilledDays: 0 };

export async function readProgress(store: Store): Promise<MirrorProgress> {
  return parseProgress(await readState(store, progressName));
}

export function parseProgress(value: string | null): MirrorProgress {
  return value === null ? nothingYet : v.parse(ProgressSchema, parseJson(value));
}

export async function writeProgress(store: Store, progress: MirrorProgress): Promise<void> {
  await writeState(store, progressName, JSON.stringify(progress));
}

export async function changeProgress(store: Store, next: (progress: MirrorProgress) => Partial<MirrorProgress>): Promise<void> {
  const progress = await readProgress(store);
  await writeProgress(store, { ...progress, ...next(progress) });
}

/** The time before which every call was read. */
export function completeToOf({ completeTo, holes }: MirrorProgress): number | null {
  return completeTo === null ? null : Math.min(completeTo, ...holes.map(({ from }) => from));
}

/** The mirror's progress as `/me` reports it. */
export async function readMirrorStatus(store: Store): Promise<Me['history']> {
  return statusOf(await readProgress(store));
}

export function statusOf(progress: MirrorProgress): Me['history'] {
  const { backfilledDays, isAgain } = progress;
  return { completeTo: completeToOf(progress), backfilled: isAgain ? 1 : Math.min(1, backfilledDays / backfillDays) };
}
