import { changeProgress, readProgress, type Span } from './mirror-status.ts';
import { isOfPage, shortestMs } from './read-stretch.ts';
import { type MirrorDeps, type Reading, readingOf } from './sweep-window.ts';

/** Records a range that AntBuddy fails to return: sweeps pass over it, and the reported completeness ends at its start. */
export async function keepHole({ store, log }: Pick<MirrorDeps, 'store' | 'log'>, hole: Span): Promise<void> {
  log.warn(tell(hole), 'AntBuddy does not give these calls: they are passed over, and asked for again every few hours');
  await changeProgress(store, ({ holes }) => ({ holes: addHole(holes, hole) }));
}

type Read = (reading: Reading) => Promise<unknown>;

/** Requests the holes again and gives up the part before `oldest`, which AntBuddy would refuse. */
export async function readHoles({ store, log }: Pick<MirrorDeps, 'store' | 'log'>, oldest: number, read: Read): Promise<void> {
  for (const hole of (await readProgress(store)).holes) {
    const rest = { from: Math.max(hole.from, oldest), to: hole.to };
    if (hole.from < oldest)
      log.warn(tell({ ...hole, to: Math.min(hole.to, oldest) }), 'AntBuddy has not given these calls in time: they stay unknown');
    try {
      await narrow(rest, read);
    } finally {
      // Keeps what was read of the hole even if the rest failed.
      const left = rest.from < rest.to ? [rest] : [];
      await changeProgress(store, ({ holes }) => ({ holes: [...holes.filter(({ from }) => from !== hole.from), ...left] }));
    }
  }
}

/** Reads a hole from both ends in growing steps until AntBuddy fails: the hole may be longer than what is missing. */
async function narrow(hole: Span, read: Read): Promise<void> {
  const parts = [
    (length: number) => ({ from: hole.from, to: Math.min(hole.from + length, hole.to) }),
    (length: number) => ({ from: Math.max(hole.to - length, hole.from), to: hole.to }),
  ];
  for (const [isEnd, partOf] of parts.entries())
    for (let length = shortestMs; hole.from < hole.to; length *= 2) {
      const { from, to } = partOf(length);
      try {
        await read(readingOf(from, to));
      } catch (error) {
        if (!isOfPage(error)) throw error;
        break;
      }
      if (isEnd) hole.to = from;
      else hole.from = to;
    }
}

/** Adds a hole and merges it with those it touches. */
export function addHole(holes: readonly Span[], hole: Span): Span[] {
  const apart = holes.filter(({ from, to }) => to < hole.from || from > hole.to);
  const touching = [hole, ...holes.filter((one) => !apart.includes(one))];
  const joined = { from: Math.min(...touching.map(({ from }) => from)), to: Math.max(...touching.map(({ to }) => to)) };
  return [...apart, joined].sort((a, b) => a.from - b.from);
}

const tell = ({ from, to }: Span) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
