import { isReadable, type SayCache } from './editable.ts';
import { kindOf } from './element-kinds.ts';
import { fieldLabelOf, type HeaderCache } from './field-label.ts';
import { type Find, markOfElement, marksInRun, marksOf } from './find-marks.ts';
import type { Mark } from './mark.ts';
import type { MarkStore } from './mark-store.ts';
import { createWalk, type Walk } from './walk.ts';

export interface BlockDeps {
  find: Find;
  store: MarkStore;
  /** What was found out about elements around others; holds for as long as the page cannot have changed. */
  headers: HeaderCache;
  says: SayCache;
}

/** Puts the marks in the lines directly in a block into the store: at once where it is a single text, else as the walk goes on. */
export function readBlock(block: Node, deps: BlockDeps): Walk | undefined {
  const only = onlyTextOf(block);
  if (!only) return createBlockReading(block, deps);
  const { find, store, headers, says } = deps;
  const { data } = only;
  const numbers = find(data, () => fieldLabelOf(block, headers));
  const isRead = numbers.length > 0 && isReadable(block as Element, says);
  store.replace(block, isRead ? marksOf(numbers, data, only, block as Element) : []);
  return undefined;
}

function onlyTextOf(block: Node): Text | undefined {
  const child = block.firstChild;
  return block.nodeType === 1 && child?.nodeType === 3 && !child.nextSibling && kindOf(block as Element) === 'block'
    ? (child as Text)
    : undefined;
}

function createBlockReading(block: Node, { find, store, headers, says }: BlockDeps): Walk {
  let marks: Mark[] = [];
  const label = () => fieldLabelOf(block, headers);
  const walk = createWalk(block, {
    run: (run) => marks.push(...marksInRun(run, find, label, says)),
    special(element) {
      const mark = markOfElement(element, find, says);
      if (mark) marks.push(mark);
    },
    restart() {
      marks = [];
    },
  });
  return {
    advance(mustPause) {
      if (!walk.advance(mustPause)) return false;
      store.replace(block, marks);
      return true;
    },
  };
}
