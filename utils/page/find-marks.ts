import type { FoundNumber } from '../phone/found-number.ts';
import { isEditable } from './editable.ts';
import { type Mark, type Stretch, sourceOf } from './mark.ts';
import { hasDigit, ownTexts, partRun, stretchOf, type TextRun } from './text-run.ts';

/** The numbers in a text, of which the page may say something from outside: a column's header, a field's label. */
export type Find = (text: string, label?: () => string | undefined) => FoundNumber[];

// A field that shows a value which nobody types: phone columns of forms in reading mode.
const fieldTypes = new Set(['text', 'tel', 'search', 'number']);
const callScheme = /^(tel|callto):/i;

const none: Mark[] = [];

/** The marks in the text of a block that has no element children. */
export function marksInBlock(block: Node, text: string, find: Find, label?: () => string | undefined): Mark[] {
  const found = find(text, label);
  if (found.length === 0) return none;
  const anchor = block.nodeType === 11 ? (block as ShadowRoot).host : (block as Element);
  return isEditable(anchor) ? none : found.map((number) => new BlockMark(number, text, block, anchor));
}

/**
 * Its text nodes are looked up when the number comes near the view: touching a text node for the first time costs more than
 * finding the number did.
 */
class BlockMark implements Mark {
  readonly number: string;
  readonly extension: string | undefined;
  readonly text: string;
  readonly anchor: Element;
  readonly #block: Node;
  readonly #start: number;
  readonly #end: number;
  #stretch: Stretch | undefined;
  constructor({ number, extension, start, end }: FoundNumber, text: string, block: Node, anchor: Element) {
    this.number = number;
    this.extension = extension;
    this.text = text.slice(start, end);
    this.anchor = anchor;
    this.#block = block;
    this.#start = start;
    this.#end = end;
  }
  get stretch(): Stretch {
    this.#stretch ??= stretchOf(ownTexts(this.#block), this.#start, this.#end) ?? nowhere(this.#block);
    return this.#stretch;
  }
}

/** For a number whose text was gone before it was looked up: nodes outside of the page, where nothing stands or is dialled. */
function nowhere({ ownerDocument }: Node): Stretch {
  const node = (ownerDocument as Document).createTextNode('');
  return { startContainer: node, startOffset: 0, endContainer: node, endOffset: 0 };
}

function marksInNodes(nodes: readonly Text[], find: Find, label?: () => string | undefined): Mark[] {
  const text = nodes.map((node) => node.data).join('');
  return find(text, label).flatMap(({ number, extension, start, end }) => {
    const stretch = stretchOf(nodes, start, end);
    const anchor = stretch && (stretch.endContainer.parentElement ?? (stretch.endContainer.getRootNode() as ShadowRoot).host);
    return anchor && !isEditable(anchor) ? { number, extension, text: text.slice(start, end), stretch, anchor } : [];
  });
}

export function marksInRun(run: TextRun, find: Find, label?: () => string | undefined): Mark[] {
  if (!run.nodes.some((node) => hasDigit(node.data))) return [];
  return partRun(run).flatMap((nodes) => marksInNodes(nodes, find, label));
}

/** The mark of a call link whose text shows no number, or of a field that cannot be typed in. */
export function markOfElement(element: Element, find: Find): Mark | undefined {
  const isField = element.localName === 'input';
  const text = sourceOf(element);
  if (isField ? !isReadField(element as HTMLInputElement) : !callScheme.test(text)) return undefined;
  if (!isField && find(element.textContent ?? '').length > 0) return undefined;
  // Only what the scheme names: `tel:` addresses may carry parameters (RFC 3966).
  const [found] = find(isField ? text : text.replace(callScheme, '').replace(/[;?].*$/, ''));
  if (!found || isEditable(element)) return undefined;
  return { number: found.number, extension: found.extension, text, stretch: undefined, anchor: element };
}

function isReadField(field: HTMLInputElement): boolean {
  return (field.readOnly || field.disabled) && fieldTypes.has(field.type);
}
