import { isReadable, type SayCache } from './editable.ts';
import { kindOf } from './element-kinds.ts';
import { countryOf, fieldLabelOf, type HeaderCache } from './field-label.ts';
import { addressAround, type Find, isOfWords, labelWith, markOfElement, marksInRun, marksOf } from './find-marks.ts';
import type { Mark } from './mark.ts';
import type { MarkStore } from './mark-store.ts';
import type { TextRun } from './text-run.ts';
import { type Steps, walkLines } from './walk.ts';

export interface BlockDeps {
  find: Find;
  store: Pick<MarkStore, 'replace'>;
  /** Caches of answers about ancestors; valid only for as long as the page cannot have changed. */
  headers: HeaderCache;
  says: SayCache;
}

/** Reads the lines directly in a block and puts their marks into the store. */
export function* readBlock(block: Node, { find, store, headers, says }: BlockDeps): Steps {
  const outside = {
    // Text beside a block with a name and a number tells which entry it is, and is no label of the number.
    label(isAlone = true) {
      for (const line of lines) above = labelWith(line, above);
      isBelowWords ||= lines.slice(0, -1).some(isOfWords);
      lines = lines.slice(-1);
      return fieldLabelOf(block, headers, isAlone && !isBelowWords, above);
    },
    country: () => countryOf(block, headers),
    link: () => addressAround(block as Element),
  };
  let marks: Mark[] = [];
  /** The line being read, and those before it that no number has asked about: a block may have thousands of lines. */
  let lines: TextRun[] = [];
  let above: string | undefined;
  let isBelowWords = false;
  const only = onlyTextOf(block);
  if (only) {
    const { data } = only;
    const numbers = find(data, outside);
    if (numbers.length > 0 && isReadable(block as Element, says)) marks = marksOf(numbers, data, only, block as Element);
  } else
    yield* walkLines(block, {
      run(run) {
        lines.push(run);
        marks.push(...marksInRun(run, find, outside, says));
      },
      special(element) {
        const mark = markOfElement(element, find, says, outside.country);
        if (mark) marks.push(mark);
      },
      restart() {
        marks = [];
        lines = [];
        above = undefined;
        isBelowWords = false;
      },
    });
  store.replace(block, marks);
}

function onlyTextOf(block: Node): Text | undefined {
  const child = block.firstChild;
  return block.nodeType === 1 && child?.nodeType === 3 && !child.nextSibling && kindOf(block as Element) === 'block'
    ? (child as Text)
    : undefined;
}
