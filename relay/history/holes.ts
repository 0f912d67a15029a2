import { changeProgress, readProgress, type Span } from './mirror-status.ts';
import { isOfPage } from './read-stretch.ts';
import { type MirrorDeps, type Reading, readingOf } from './sweep-window.ts';

/** Calls that AntBuddy does not give are passed over until it does: what is said to be complete ends where they begin. */
export async function keepHole({ store, log }: Pick<MirrorDeps, 'store' | 'log'>, hole: Span): Promise<void> {
  log.warn(tell(hole), 'AntBuddy does not give these calls: they are passed over, and asked for again every few hours');
  await changeProgress(store, ({ holes }) => ({ holes: addHole(holes, hole) }));
}

/** Asks for them again, and gives up those from before `oldest`, which AntBuddy would refuse. */
export async function readHoles(
  { store, log }: Pick<MirrorDeps, 'store' | 'log'>,
  oldest: number,
  read: (reading: Reading) => Promise<unknown>,
): Promise<void> {
  for (const hole of (await readProgress(store)).holes) {
    try {
      if (hole.from < oldest) log.warn(tell(hole), 'AntBuddy has not given these calls in time: they stay unknown');
      else await read(readingOf(hole.from, hole.to));
      await changeProgress(store, ({ holes }) => ({ holes: holes.filter(({ from }) => from !== hole.from) }));
    } catch (error) {
      if (!isOfPage(error)) throw error;
    }
  }
}

/** With one more, made one with those that it touches. */
export function addHole(holes: readonly Span[], hole: Span): Span[] {
  const apart = holes.filter(({ from, to }) => to < hole.from || from > hole.to);
  const touching = [hole, ...holes.filter((one) => !apart.includes(one))];
  const joined = { from: Math.min(...touching.map(({ from }) => from)), to: Math.max(...touching.map(({ to }) => to)) };
  return [...apart, joined].sort((a, b) => a.from - b.from);
}

const tell = ({ from, to }: Span) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
