import { fieldLabelOf, type HeaderCache } from './field-label.ts';
import { type Find, markOfElement, marksInBlock, marksInRun } from './find-marks.ts';
import type { Mark } from './mark.ts';
import type { MarkStore } from './mark-store.ts';
import { hasDigit } from './text-run.ts';
import { blockAround, createWalk, type Visitor, type Walk } from './walk.ts';

/** No task of ours may hold the page up for longer than about half a frame. */
const SLICE_MS = 6;

export interface ScannerDeps {
  find: Find;
  store: MarkStore;
  /** An open shadow root was met, perhaps again. */
  onRoot: (root: ShadowRoot) => void;
  /** After each slice: `done` when nothing is left to read; `tookMs` of a task of its own, 0 within that of `run`. */
  onSlice: (done: boolean, tookMs: number) => void;
  now?: () => number;
  /** Runs work in a task of its own; gives the undo. */
  defer?: (work: () => void) => () => void;
}

/** Reads parts of the page into the store, a slice at a time; parts are read in the order asked for and none is left out. */
export function createScanner({ find, store, onRoot, onSlice, now = () => performance.now(), defer = nextTask }: ScannerDeps) {
  const deep = new Set<Node>();
  const shallow = new Set<Node>();
  let walk: Walk | undefined;
  let cancel: (() => void) | undefined;
  let fresh: { block: Node; marks: Mark[] } | undefined;
  const outer: (typeof fresh)[] = [];
  /** Whether blocks may have been read before; not so in the first walk, which would look each of them up for nothing. */
  let again = false;
  const headers: HeaderCache = new Map();

  const collect = (block: Node, marks: Mark[]): void => {
    if (marks.length === 0) return;
    if (fresh?.block !== block) {
      outer.push(fresh);
      fresh = { block, marks: [] };
    }
    fresh.marks.push(...marks);
  };
  const visitor: Visitor = {
    text(block, text) {
      if (hasDigit(text))
        collect(
          block,
          marksInBlock(block, text, find, () => fieldLabelOf(block, headers)),
        );
    },
    run: (block, run) =>
      collect(
        block,
        marksInRun(run, find, () => fieldLabelOf(block, headers)),
      ),
    special(block, element) {
      const mark = markOfElement(element, find);
      if (mark) collect(block, [mark]);
    },
    leave(block) {
      const marks = fresh?.block === block ? fresh.marks : [];
      if (fresh?.block === block) fresh = outer.pop();
      if (marks.length > 0 || again) store.replace(block, marks);
    },
    restart(block) {
      for (const open of [fresh, ...outer]) if (open?.block === block) open.marks = [];
    },
    root: onRoot,
  };

  function nextWalk(): Walk | undefined {
    fresh = undefined;
    outer.length = 0;
    for (const node of deep) {
      deep.delete(node);
      if (node.isConnected) return createWalk(node, visitor);
    }
    for (const block of shallow) {
      shallow.delete(block);
      if (block.isConnected) return createWalk(block, visitor, true);
    }
    return undefined;
  }

  function slice(): void {
    const isOwnTask = cancel !== undefined;
    cancel = undefined;
    const start = now();
    const end = start + SLICE_MS;
    const mustPause = () => now() >= end;
    do {
      walk ??= nextWalk();
      if (!walk) break;
      if (walk.advance(mustPause)) {
        walk = undefined;
        again = true;
      }
    } while (!mustPause());
    headers.clear();
    const done = !walk && deep.size === 0 && shallow.size === 0;
    if (!done) cancel = defer(slice);
    onSlice(done, isOwnTask ? now() - start : 0);
  }

  return {
    /** Everything below a node, shadow roots apart. */
    addTree(node: Node): void {
      deep.add(node);
    },
    /** The line of text at a node. */
    addText(node: Node): void {
      const block = blockAround(node);
      if (block) shallow.add(block);
    },
    /** Reads what was added: the first slice now, the rest in tasks of their own. */
    run(): void {
      if (!cancel) slice();
    },
    stop(): void {
      cancel?.();
      cancel = undefined;
      deep.clear();
      shallow.clear();
      walk = undefined;
    },
  };
}

/** A task that does not wait for a timer's clamp and lets the page paint and hear input before it. */
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
