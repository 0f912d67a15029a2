import type { Finder } from '../phone/finder.ts';
import { isReadable } from './editable.ts';
import { countryOf, fieldLabelOf } from './field-label.ts';
import { addressAround, callLink, isReadField, marksOf } from './find-marks.ts';
import type { MarkStore } from './mark-store.ts';
import { createMarkupSearch } from './markup-search.ts';
import { callOn, propertyOf } from './property-of.ts';
import { type BlockDeps, readBlock } from './read-block.ts';
import { hasDigit } from './text-run.ts';
import { blockAround, type Steps } from './walk.ts';

export interface TreeDeps extends BlockDeps, Pick<Finder, 'hints' | 'mayHold'> {
  store: MarkStore;
  /** After this many blocks of a tree, further ones that may have numbers are left for when they come near the viewport. */
  readAtOnce: number;
  /** Grows with every change of the page. */
  version: () => number;
  /** An open shadow root was met, perhaps again. */
  onRoot: (root: ShadowRoot) => void;
  /** A field was met whose value has to be read. */
  onField: (field: HTMLInputElement) => void;
  /** An element was met that may get a shadow root later. */
  onRootless: (element: Element) => void;
}

/** Links and fields that may be a number without showing it as text. */
const tellingSelector = `:is(a,input):is(${callLink},[readonly],[disabled])`;

/**
 * Elements that may have a shadow root (dom.spec.whatwg.org, valid shadow host names, and custom elements). No selector matches
 * just those, hence all elements but the most common ones that cannot have any.
 */
const hostSelector = ':not(td,tr,a,li,b,i,th,br,img,label,button,input,option,ul,svg,path)';

/** Elements that may get their root when the data that they show arrive; custom ones get it when their script does. */
const lateSelector = ':is(div,span,p,section,main,article,aside,header,footer,nav):empty';

/** Steps between two yields. */
const STRIDE = 32;

/** Serialising the markup of more elements than this would block the page. */
const MOST_ELEMENTS = 80_000;

/** In a tree with more elements the first texts are read before the markup: most pages are viewed from their beginning. */
const MANY_ELEMENTS = 3_000;
const FIRST_TEXTS = 200;

interface Reading extends TreeDeps {
  /** The blocks read so far. */
  seen: Set<Node>;
}

/** Reads everything below a node, except shadow roots. */
export function* readTree(tree: Element | ShadowRoot, deps: TreeDeps): Steps {
  const reading = { ...deps, seen: new Set<Node>() };
  /** Blocks that were read before may hold marks of text that they no longer contain. */
  const again = deps.store.size > 0;
  yield* readTexts(tree, reading);
  if (again) for (const block of deps.store.blocksIn(tree)) yield* readAround(block, reading);
  yield* readElements(tree, reading);
}

function* readTexts(tree: Element | ShadowRoot, reading: Reading): Steps {
  const size = tree.nodeType === 1 ? (tree as Element).getElementsByTagName('*').length : MOST_ELEMENTS;
  if (size < MOST_ELEMENTS) {
    if (size > MANY_ELEMENTS) {
      yield* walkTexts(tree, reading, FIRST_TEXTS);
      // Serialising the markup gets a task of its own.
      yield true;
    }
    if (!(yield* readMarkup(tree as Element, reading))) yield* walkTexts(tree, reading);
    return;
  }
  yield* readAround(tree, reading);
  const read = new Set<Element>();
  for (let child = tree.firstElementChild; child; ) {
    const version = reading.version();
    if (!read.has(child)) yield* readTexts(child, reading);
    read.add(child);
    if (read.size % STRIDE === 0) yield;
    child = version === reading.version() ? child.nextElementSibling : tree.firstElementChild;
  }
}

/** False when the texts cannot be located by the markup, or the page changed meanwhile. */
function* readMarkup(tree: Element, reading: Reading): Steps<boolean> {
  // Other types are serialised differently: in XML an empty element has no closing tag.
  if (tree.ownerDocument.contentType !== 'text/html') return false;
  const { find, hints, mayHold, readAtOnce, store, headers, says, seen, version } = reading;
  const found = version();
  const search = createMarkupSearch(tree, hints);
  // Serialising alone takes a whole slice on a long page.
  yield;
  const isPlain = search.isPlain() && isReadable(tree, says);
  const outside = {
    label: () => fieldLabelOf(search.parent(), headers),
    country: () => countryOf(search.parent(), headers),
    link: () => addressAround(search.parent()),
  };
  yield;
  let steps = 0;
  for (let text = search.next(); text !== undefined; text = search.next()) {
    if (!search.isWhole(text)) {
      if (hasDigit(text)) yield* readAround(search.parent(), reading);
    } else if (seen.size < readAtOnce) {
      const numbers = find(text, outside);
      if (numbers.length > 0) {
        const block = search.parent();
        const node = block.firstChild;
        // One text of the markup may be several text nodes, or have moved by now.
        if (node?.nodeType !== 3 || node.nextSibling || (node as Text).data !== text) yield* readAround(block, reading);
        else if (isPlain || isReadable(block, says)) {
          seen.add(block);
          store.replace(block, marksOf(numbers, (node as Text).data, node as Text, block));
        }
      }
    } else if (mayHold(text)) {
      const block = search.parent();
      if (!seen.has(block) && store.defer(block)) seen.add(block);
      else yield* readAround(block, reading);
    }
    if (++steps % STRIDE > 0) continue;
    yield;
    if (version() !== found) return false;
  }
  return search.isTrue();
}

/** The same text node by text node, for where the markup cannot be used. */
function* walkTexts(tree: Node, reading: Reading, most = Number.POSITIVE_INFINITY): Steps {
  let version = reading.version();
  const texts = (tree.ownerDocument as Document).createTreeWalker(tree, NodeFilter.SHOW_TEXT);
  for (let steps = 1; steps <= most && texts.nextNode(); steps++) {
    const text = texts.currentNode as Text;
    if (hasDigit(text.data)) yield* readAround(text, reading);
    yield;
    // The current node left the tree: starts over, skipping the blocks that were read.
    if (version !== reading.version() && !callOn(tree as Element, 'contains', text)) texts.currentNode = tree;
    version = reading.version();
  }
}

function* readAround(node: Node, reading: Reading): Steps {
  const block = blockAround(node);
  if (!block || reading.seen.has(block)) return;
  reading.seen.add(block);
  yield* readBlock(block, reading);
}

function* readElements(tree: Element | ShadowRoot, reading: Reading): Steps {
  if (tree.nodeType === 1) {
    if (callOn(tree as Element, 'matches', tellingSelector)) yield* readTelling(tree as Element, reading);
    meetRoot(tree as Element, reading);
  }
  for (const element of tree.querySelectorAll(tellingSelector)) yield* readTelling(element, reading);
  // Not copied to an array: the first access to each element takes longest, and so is spread over the steps.
  const hosts = tree.querySelectorAll(hostSelector);
  for (let from = 0; from < hosts.length; from += STRIDE) {
    const to = Math.min(from + STRIDE, hosts.length);
    for (let at = from; at < to; at++) meetRoot(hosts[at] as Element, reading);
    yield;
  }
}

function* readTelling(element: Element, reading: Reading): Steps {
  if (isReadField(element as HTMLInputElement)) reading.onField(element as HTMLInputElement);
  yield* readAround(element, reading);
}

function meetRoot(element: Element, { onRoot, onRootless }: Reading): void {
  const root = propertyOf(element, 'shadowRoot');
  if (root) onRoot(root);
  else if (propertyOf(element, 'localName').includes('-') || callOn(element, 'matches', lateSelector)) onRootless(element);
}
