import { longestCallMs } from '../live/live-state.ts';
import type { Click } from '../messages.ts';
import type { CallProgress, OpenCall } from '../page/caller.ts';
import type { Reply } from '../reply.ts';
import type { JournalEntry } from '../storage.ts';
import { CLICK_OVER_MS } from './create-caller.ts';
import { isUnsettled } from './outcome-of.ts';

interface OpenCallsDeps {
  journal: { getValue(): Promise<JournalEntry[]> };
  progress: (key: string) => Promise<Reply<CallProgress>>;
  now?: () => number;
}

/** Includes clicks whose page was left before the answer came. */
const mayRing = ({ outcome }: JournalEntry) => isUnsettled(outcome) || outcome === 'accepted' || outcome === 'unknown';
/** A device asked to ring stops ringing sooner than this. */
const RINGS_MS = 45_000;

/** Whether a device may be ringing, or may be about to, for a call placed from this browser. */
export function mayAnyRing(journal: readonly JournalEntry[], now: number): boolean {
  // Absolute, since the clock may have been set back.
  return journal.some((entry) => mayRing(entry) && Math.abs(now - (entry.settledAt ?? entry.clickedAt)) < RINGS_MS);
}

export function createOpenCalls({ journal, progress, now = Date.now }: OpenCallsDeps) {
  /**
   * Calls placed on a site that may be ongoing, one per number: all recent ones, and the newest call of this browser for longer,
   * as an agent has one talk at a time.
   */
  async function of(site: string | null): Promise<OpenCall[]> {
    const placed = (await journal.getValue()).filter(mayRing);
    const newest = placed.at(-1);
    const recent = placed.filter((entry) => now() - entry.clickedAt < (entry === newest ? longestCallMs : RINGS_MS));
    const own = new Map(recent.filter((entry) => entry.site === site).map((entry) => [entry.number, entry]));
    const open = (await Promise.all([...own.values()].map(async ({ key }) => ((await isOver(key)) ? [] : [key])))).flat();
    // Asking for the progress may have changed the outcome in the journal.
    const known = (await journal.getValue()).filter((entry) => open.includes(entry.key) && mayRing(entry));
    return known.map(openCallOf);
  }
  /**
   * The previous call to the same number, from anywhere in this browser, if it may still ring: it was settled less than
   * `withinMs` ago, or may yet be placed.
   */
  async function before({ key, number }: Pick<Click, 'key' | 'number'>, withinMs = RINGS_MS): Promise<OpenCall | undefined> {
    const entries = await journal.getValue();
    const last = entries.findLast((entry) => entry.number === number && mayRing(entry));
    // A repeated dispatch of the same click was checked the first time.
    if (!last || !isRecent(last, withinMs) || entries.some((entry) => entry.key === key)) return undefined;
    // For a call in doubt the relay would have to be asked, and the agent would have to wait.
    return last.outcome === 'accepted' && (await isOver(last.key)) ? undefined : openCallOf(last);
  }
  function isRecent({ clickedAt, settledAt = clickedAt, outcome }: JournalEntry, withinMs: number): boolean {
    // Absolute, since the clock may have been set back.
    const isWithin = (at: number, ms: number) => Math.abs(now() - at) < ms;
    if (isUnsettled(outcome) && isWithin(clickedAt, CLICK_OVER_MS)) return true;
    return isWithin(clickedAt, RINGS_MS) && isWithin(settledAt, withinMs);
  }
  async function isOver(key: string): Promise<boolean> {
    const reply = await progress(key);
    return reply.ok && reply.value.stage === 'ended';
  }
  return { of, before };
}

function openCallOf({ key, number, extension, clickedAt, outcome }: JournalEntry): OpenCall {
  return { key, number, extension, at: clickedAt, isDoubtful: outcome !== 'accepted' };
}
