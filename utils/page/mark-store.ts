import { isSameMark, type Mark } from './mark.ts';
import { callOn } from './property-of.ts';
import { standsIn } from './stands-in.ts';

interface MarkListener {
  added(mark: Mark): void;
  removed(mark: Mark): void;
  /** A block that may have numbers is left unread until it comes near the viewport. */
  deferred(block: Element): void;
  /** A deferred block was read, or left the page. */
  undeferred(block: Element): void;
}

/** The marks of a page by the block of text they stand in, so that reading a block again replaces its marks. */
export function createMarkStore(document: Document, listener: MarkListener) {
  const byBlock = new Map<Node, Mark[]>();
  const unread = new Set<Element>();
  let count = 0;

  function undefer(block: Node): void {
    if (unread.delete(block as Element)) listener.undeferred(block as Element);
  }
  const isThere = ({ anchor, stretch }: Mark): boolean =>
    stretch ? standsIn(document, stretch.startContainer) && standsIn(document, stretch.endContainer) : standsIn(document, anchor);
  function replace(block: Node, found: Mark[]): void {
    undefer(block);
    const before = byBlock.get(block);
    if (!before) {
      if (found.length === 0) return;
      byBlock.set(block, found);
      count += found.length;
      for (const mark of found) listener.added(mark);
      return;
    }
    const kept = new Set<Mark>();
    const known = Map.groupBy(before, (mark) => mark.anchor);
    // A mark that stays keeps its identity, and with it its button.
    const marks = found.map((mark) => {
      const same = known.get(mark.anchor)?.find((old) => isSameMark(old, mark));
      if (same) kept.add(same);
      return same ?? mark;
    });
    if (marks.length > 0) byBlock.set(block, marks);
    else byBlock.delete(block);
    count += marks.length - before.length;
    for (const mark of before) if (!kept.has(mark)) listener.removed(mark);
    for (const mark of marks) if (!kept.has(mark)) listener.added(mark);
  }

  return {
    replace,
    /** The blocks that were left for later. */
    unread: unread as ReadonlySet<Element>,
    undefer,
    /** Leaves a block for later; false when it has marks already, which must be brought up to date at once. */
    defer(block: Element): boolean {
      if (byBlock.has(block)) return false;
      if (!unread.has(block)) {
        unread.add(block);
        listener.deferred(block);
      }
      return true;
    },
    /** The block that a mark stands in; undefined when the mark is gone. */
    blockOf(mark: Mark): Node | undefined {
      for (const [block, marks] of byBlock) if (marks.includes(mark)) return block;
      return undefined;
    },
    /** The blocks with marks in a tree, its root included. */
    blocksIn(tree: ParentNode & Node): Node[] {
      const inside = tree.querySelectorAll('*');
      return inside.length < byBlock.size
        ? [tree, ...inside].filter((node) => byBlock.has(node))
        : [...byBlock.keys()].filter((block) => callOn(tree as Element, 'contains', block));
    },
    /** Forgets the marks whose text left the page. */
    sweep(): void {
      for (const [block, marks] of byBlock) if (!marks.every(isThere)) replace(block, marks.filter(isThere));
      for (const block of unread) if (!standsIn(document, block)) undefer(block);
    },
    *all(): Iterable<Mark> {
      for (const marks of byBlock.values()) yield* marks;
    },
    get size(): number {
      return count;
    },
    /** Whether there are neither marks nor deferred blocks. */
    get isEmpty(): boolean {
      return count === 0 && unread.size === 0;
    },
  };
}

export type MarkStore = ReturnType<typeof createMarkStore>;
