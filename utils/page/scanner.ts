import type { SayCache } from './editable.ts';
import type { HeaderCache } from './field-label.ts';
import { readBlock } from './read-block.ts';
import { readTree, type TreeDeps } from './read-tree.ts';
import { blockAround, type Steps } from './walk.ts';

/** About as many blocks as fit into the viewport. */
const READ_AT_ONCE = 250;

/** No task of ours may hold the page up for longer than about half a frame. */
const SLICE_MS = 6;

interface ScannerDeps extends Omit<TreeDeps, 'headers' | 'says' | 'readAtOnce'> {
  readAtOnce?: number;
  /** After each slice. `done`: nothing is left to read · `tookMs`: duration of a slice in its own task, 0 for one in `run`. */
  onSlice: (done: boolean, tookMs: number) => void;
  now?: () => number;
  /** Runs work in a task of its own; returns a function that cancels it. */
  defer?: (work: () => void) => () => void;
}

/** Reads parts of the page into the store, a slice at a time; parts are read in the order asked for and none is left out. */
export function createScanner({
  readAtOnce = READ_AT_ONCE,
  onSlice,
  now = () => performance.now(),
  defer = nextTask,
  ...given
}: ScannerDeps) {
  const trees = new Set<Element | ShadowRoot>();
  const blocks = new Set<Node>();
  let work: Steps | undefined;
  let cancel: (() => void) | undefined;
  const headers: HeaderCache = new Map();
  const says: SayCache = new Map();
  const deps = { ...given, readAtOnce, headers, says };

  function nextWork(): Steps | undefined {
    for (const tree of trees) {
      trees.delete(tree);
      if (tree.isConnected) return readTree(tree, deps);
    }
    for (const block of blocks) {
      blocks.delete(block);
      if (block.isConnected) return readBlock(block, deps);
    }
    return undefined;
  }

  function slice(): void {
    const isOwnTask = cancel !== undefined;
    cancel = undefined;
    const start = now();
    const end = start + SLICE_MS;
    do {
      work ??= nextWork();
      if (!work) break;
      const step = work.next();
      if (step.done) work = undefined;
      else if (step.value) break;
    } while (now() < end);
    headers.clear();
    says.clear();
    const done = !work && trees.size === 0 && blocks.size === 0;
    if (!done) cancel = defer(slice);
    onSlice(done, isOwnTask ? now() - start : 0);
  }

  return {
    /** Adds everything below a node, except shadow roots. */
    addTree(node: Element | ShadowRoot): void {
      trees.add(node);
    },
    /** Adds the block in whose lines the text at a node stands. */
    addText(node: Node): void {
      const block = blockAround(node);
      if (block) blocks.add(block);
    },
    /** Reads blocks at once and to their end, whatever else waits. */
    readNow(these: Iterable<Node>): void {
      for (const block of these) for (const _ of readBlock(block, deps));
      headers.clear();
      says.clear();
    },
    /** Reads what was added, all in tasks of their own. */
    runLater(): void {
      cancel ??= defer(slice);
    },
    /** Reads what was added: the first slice now, the rest in tasks of their own. */
    run(): void {
      if (!cancel) slice();
    },
    stop(): void {
      cancel?.();
      cancel = undefined;
      trees.clear();
      blocks.clear();
      work = undefined;
    },
  };
}

/** Schedules a task that avoids the clamping of timers and lets the page paint and handle input first. */
function nextTask(work: () => void): () => void {
  const controller = new AbortController();
  const scheduler = (globalThis as { scheduler?: Scheduler }).scheduler;
  if (scheduler) {
    // Aborting is the only way it rejects.
    scheduler.postTask(work, { signal: controller.signal, priority: 'user-visible' }).catch(() => {});
    return () => controller.abort();
  }
  const timer = setTimeout(work);
  return () => clearTimeout(timer);
}

interface Scheduler {
  postTask(work: () => void, options: { signal: AbortSignal; priority: string }): Promise<unknown>;
}
