import { fieldLabelOf, labelOfInput } from '../field-label.ts';
import type { Find } from '../find-marks.ts';
import { beginsAlike, type Mark } from '../mark.ts';
import { callOn } from '../property-of.ts';
import { readBlock } from '../read-block.ts';
import { blockAround } from '../walk.ts';
import type { NumberContext } from './card-content.ts';

const TEXT_BEFORE = 120;
const TEXT_LENGTH = 300;
/** A block is read at once, while a card opens; longer ones are files shown whole, whose lines say little about a number. */
const MOST_TEXT = 50_000;

/** A line of the page, where in it the number's text begins, and the label that the line gets from outside. */
interface Reading {
  line: string;
  start: number;
  label: string | undefined;
}

/** What the page says of a marked number: the text and the label by which it was found, which explain why it was. */
export function contextOf(mark: Mark): NumberContext {
  const { number, extension } = mark;
  const { line, start, label } = inLine(mark) ?? apart(mark);
  const from = Math.max(0, start - TEXT_BEFORE);
  return { number, text: line.slice(from, from + TEXT_LENGTH), ...(extension && { extension }), ...(label && { label }) };
}

/** Reads the lines of the number's block as the page script does: a number may be spread over elements, and so may its label. */
function inLine(mark: Mark): Reading | undefined {
  const { text, stretch } = mark;
  const block = stretch && blockAround(stretch.startContainer);
  if (!block) return undefined;
  const { startContainer, startOffset } = stretch;
  if ((block.textContent ?? '').length > MOST_TEXT) return { line: startContainer.data, start: startOffset, label: undefined };
  const readings: Reading[] = [];
  /** Finds the text wherever it stands, each time as a number that is the index of its reading. */
  const find: Find = (line, outside) => {
    const found: ReturnType<Find> = [];
    for (let start = line.indexOf(text); start >= 0; start = line.indexOf(text, start + 1))
      found.push({
        number: String(readings.push({ line, start, label: outside?.label?.() }) - 1),
        start,
        end: start + text.length,
      });
    return found;
  };
  let places: Mark[] = [];
  const store = {
    replace(_: Node, found: Mark[]): void {
      places = found;
    },
  };
  for (const _ of readBlock(block, { find, store, headers: new Map(), says: new Map() }));
  const place = places.find((other) => other.stretch && beginsAlike(other, mark));
  return place && readings[Number(place.number)];
}

/** For a field, whose value is not in `textContent`, and a link that shows no number: its own text is given, not its address. */
function apart({ anchor, text }: Mark): Reading {
  if (anchor.localName === 'input') return { line: text, start: 0, label: labelOfInput(anchor as HTMLInputElement) };
  const label = fieldLabelOf(callOn(anchor, 'closest', 'td, dd') ?? anchor, new Map());
  return { line: anchor.textContent ?? '', start: 0, label };
}
