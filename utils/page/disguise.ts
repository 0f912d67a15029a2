import { alphaOf, luminanceOf } from './color.ts';
import type { Mark } from './mark.ts';
import { isPaintedOver, searchCovers } from './painted-over.ts';
import { isWithin, paintedParent, topmostAt } from './sight.ts';

const MIN_OPACITY = 0.35;
const MIN_TEXT_PX = 7;
/** Below this width per character, digits overlap each other. */
const MIN_CHARACTER_PX = 2.5;
/** A difference in luminance below which text cannot be read on its background. */
const MIN_CONTRAST = 0.06;

/**
 * Whether the page displays a number so that a person may not be able to read it, or may read another one: then our own bubble
 * repeats the number and asks. To be called in the press itself; `searchDisguise` tells of the time before.
 */
export function isDisguised({ anchor, stretch }: Mark, host: Element | undefined): boolean {
  const pieces = stretch ? piecesOf(stretch) : [];
  if (pieces.some(isUnreadable) || !readsOn(pieces)) return true;
  const parents = new Set(stretch ? pieces.map(({ node }) => node.parentElement ?? anchor) : [anchor]);
  for (const parent of parents) if (isSpoilt(parent)) return true;
  const boxes = stretch ? pieces.map(({ box }) => box) : [anchor.getBoundingClientRect()];
  return boxes.some((box) => isCutOff(anchor, box, host) || isPaintedOver(anchor, box, host));
}

/** Searches the whole page for elements that cover a number, in steps. */
export function* searchDisguise({ anchor, stretch }: Mark, host: Element | undefined): Generator<void, boolean> {
  for (const box of stretch ? piecesOf(stretch).map((piece) => piece.box) : [anchor.getBoundingClientRect()]) {
    if (yield* searchCovers(anchor, box, host)) return true;
  }
  return false;
}

interface Piece {
  node: Text;
  text: string;
  box: DOMRect;
}

/** The parts of the number, one per text node, each with its box. */
function piecesOf({ startContainer, startOffset, endContainer, endOffset }: NonNullable<Mark['stretch']>): Piece[] {
  const document = startContainer.ownerDocument;
  const walker = document.createTreeWalker(startContainer.getRootNode(), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const pieces: Piece[] = [];
  walker.currentNode = startContainer;
  for (let node: Text | null = startContainer; node; node = walker.nextNode() as Text | null) {
    const from = node === startContainer ? startOffset : 0;
    const to = node === endContainer ? endOffset : node.length;
    range.setStart(node, from);
    range.setEnd(node, to);
    const text = node.data.slice(from, to).trim();
    if (text) pieces.push({ node, text, box: range.getBoundingClientRect() });
    if (node === endContainer) break;
  }
  return pieces;
}

function isUnreadable({ text, box }: Piece): boolean {
  return box.height < MIN_TEXT_PX || box.width < text.length * MIN_CHARACTER_PX;
}

/** Whether the pieces are displayed in reading order: each right of the one before it, or on a later line. */
function readsOn(pieces: readonly Piece[]): boolean {
  return pieces.every(({ box }, index) => {
    const before = pieces[index - 1]?.box;
    return !before || box.left >= before.left || box.top >= before.bottom - before.height / 2;
  });
}

/** Whether styles of an element and its ancestors make its text unreadable, or hide or replace the mouse cursor. */
function isSpoilt(element: Element): boolean {
  const window = element.ownerDocument.defaultView as Window;
  const own = window.getComputedStyle(element);
  if (alphaOf(own.color) < MIN_OPACITY || alphaOf(own.webkitTextFillColor || own.color) < MIN_OPACITY) return true;
  if ((own.getPropertyValue('-webkit-text-security') || 'none') !== 'none' || own.unicodeBidi.includes('override')) return true;
  let opacity = 1;
  let matrix = new DOMMatrix();
  let background: string | undefined;
  for (let at: Element | null = element; at; at = paintedParent(at)) {
    const style = window.getComputedStyle(at);
    opacity *= Number.parseFloat(style.opacity || '1') * opacityOf(style.filter);
    if (opacity < MIN_OPACITY || (style.maskImage ?? 'none') !== 'none' || isBlurred(style.filter)) return true;
    // A cursor image may be drawn away from the actual point: the person then presses something they do not see.
    if (/none|url/.test(style.cursor)) return true;
    matrix = matrixOf(style).multiply(matrix);
    // An image behind the text: its colours are unknown, so contrast is not judged.
    if (style.backgroundImage !== 'none') background ??= '';
    else if (alphaOf(style.backgroundColor) >= 0.5) background ??= style.backgroundColor;
  }
  return isTurned(matrix) || (!!background && Math.abs(luminanceOf(background) - luminanceOf(own.color)) < MIN_CONTRAST);
}

function opacityOf(filter: string): number {
  return Number(/opacity\(([\d.]+)\)/.exec(filter)?.[1] ?? 1);
}

/** Whether a filter makes text unreadable. The colour shifts of dark modes and hovered cards do not. */
function isBlurred(filter: string): boolean {
  const of = (name: string, fallback: number) => Number(new RegExp(`${name}\\(([\\d.]+)`).exec(filter)?.[1] ?? fallback);
  const [light, contrast] = [of('brightness', 1), of('contrast', 1)];
  return filter.includes('url') || of('blur', 0) > 0.5 || light < 0.5 || light > 1.5 || contrast < 0.5 || contrast > 2;
}

function matrixOf({ transform, rotate, scale }: CSSStyleDeclaration): DOMMatrix {
  const matrix = new DOMMatrix();
  if (rotate && rotate !== 'none') matrix.multiplySelf(new DOMMatrix(rotationOf(rotate)));
  if (scale && scale !== 'none') matrix.multiplySelf(new DOMMatrix(`scale(${scale.split(' ').slice(0, 2).join(',')})`));
  return transform && transform !== 'none' ? matrix.multiplySelf(new DOMMatrix(transform)) : matrix;
}

/** The property's `angle`, `x angle` or `1 2 3 angle` as a function. */
function rotationOf(rotate: string): string {
  const parts = rotate.split(' ');
  const angle = parts.pop();
  const axes: Record<string, string> = { x: '1,0,0', y: '0,1,0', z: '0,0,1', '': '0,0,1' };
  return `rotate3d(${axes[parts.join()] ?? parts.join()},${angle})`;
}

/** Turned by more than about 45°, mirrored, or skewed or tilted so far that it cannot be read. */
function isTurned({ m11, m12, m21, m22 }: DOMMatrix): boolean {
  const size = Math.sqrt(Math.abs(m11 * m22 - m12 * m21));
  return size < 0.4 || m11 < size * 0.7 || m22 < size * 0.7 || Math.abs(m12) > m11 || Math.abs(m21) > m22;
}

/** Whether another element is topmost at the number's ends or middle, also because a clip path cuts the number off there. */
function isCutOff(anchor: Element, box: DOMRect, host: Element | undefined): boolean {
  const document = anchor.ownerDocument;
  const clips: Element[] = [];
  for (let at: Element | null = anchor; at; at = paintedParent(at)) {
    if ((document.defaultView as Window).getComputedStyle(at).clipPath.includes('(')) clips.push(at);
  }
  return [0.1, 0.5, 0.9].some((part) => {
    const [x, y] = [box.left + box.width * part, box.top + box.height / 2];
    const top = topmostAt(document, x, y, host);
    return top !== null && !isWithin(top, anchor) && (!isWithin(anchor, top) || clips.some((clip) => !isWithin(top, clip)));
  });
}
