import type { CallProgress, OpenCall } from '../page/caller.ts';
import type { Reply } from '../reply.ts';
import type { JournalEntry } from '../storage.ts';
import { doubtfulFailures } from './outcome-of.ts';

export interface OpenCallsDeps {
  journal: { getValue(): Promise<JournalEntry[]> };
  progress: (key: string) => Promise<Reply<CallProgress>>;
  now?: () => number;
}

/** Also of a click whose page was left before its answer came. */
const MAY_RING = new Set<JournalEntry['outcome']>([null, 'dispatching', 'accepted', 'unknown', ...doubtfulFailures]);
/** A device that was asked to ring does so for less. */
const RINGS_MS = 45_000;
/** A call whose end nobody heard does not go on for ever. */
const LONGEST_MS = 4 * 3_600_000;

/**
 * Calls placed on a site that may still be on, one for each number: all of the last moments, and the newest one of this browser,
 * as an agent has one talk at a time.
 */
export function createOpenCalls({ journal, progress, now = Date.now }: OpenCallsDeps) {
  return async (site: string | null): Promise<OpenCall[]> => {
    const placed = (await journal.getValue()).filter(({ outcome }) => MAY_RING.has(outcome));
    const newest = placed.at(-1);
    const recent = placed.filter((entry) => now() - entry.clickedAt < (entry === newest ? LONGEST_MS : RINGS_MS));
    const own = new Map(recent.filter((entry) => entry.site === site).map((entry) => [entry.number, entry]));
    const open = await Promise.all([...own.values()].map(async (entry) => ((await isOver(entry.key)) ? [] : [entry])));
    return open.flat().map(({ key, number, extension, clickedAt, outcome }) => ({
      key,
      number,
      extension,
      at: clickedAt,
      isDoubtful: outcome !== 'accepted',
    }));
  };
  async function isOver(key: string): Promise<boolean> {
    const reply = await progress(key);
    return reply.ok && reply.value.stage === 'ended';
  }
}
