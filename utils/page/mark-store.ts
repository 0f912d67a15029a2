import { isSameMark, type Mark } from './mark.ts';

export interface MarkListener {
  added(mark: Mark): void;
  removed(mark: Mark): void;
}

/** The marks of a page by the block of text they stand in, so that a block read again replaces its own. */
export function createMarkStore(listener: MarkListener) {
  const byBlock = new Map<Node, Mark[]>();
  let count = 0;

  function replace(block: Node, found: Mark[]): void {
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
    /** Where a mark stands; undefined when it no longer does. */
    blockOf(mark: Mark): Node | undefined {
      for (const [block, marks] of byBlock) if (marks.includes(mark)) return block;
      return undefined;
    },
    /** The blocks with marks in a tree, itself among them. */
    blocksIn(tree: ParentNode & Node): Node[] {
      const inside = tree.querySelectorAll('*');
      return inside.length < byBlock.size
        ? [tree, ...inside].filter((node) => byBlock.has(node))
        : [...byBlock.keys()].filter((block) => tree.contains(block));
    },
    /** Forgets the marks whose text left the page. */
    sweep(): void {
      for (const [block, marks] of byBlock) if (!marks.every(isThere)) replace(block, marks.filter(isThere));
    },
    *all(): Iterable<Mark> {
      for (const marks of byBlock.values()) yield* marks;
    },
    get size(): number {
      return count;
    },
  };
}

function isThere({ anchor, stretch }: Mark): boolean {
  return stretch ? stretch.startContainer.isConnected && stretch.endContainer.isConnected : anchor.isConnected;
}

export type MarkStore = ReturnType<typeof createMarkStore>;
