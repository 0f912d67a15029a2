import { kindOf } from './element-kinds.ts';
import { type BlockDeps, readBlock, readOnlyText } from './read-block.ts';
import { endsInDigits, hasDigit, isGap, startsInDigits } from './text-run.ts';
import { blockAround, type Walk } from './walk.ts';

export interface TreeDeps extends BlockDeps {
  /** Whether a text can hold a number on its own. */
  mayHold: (text: string) => boolean;
  /** An open shadow root was met, perhaps again. */
  onRoot: (root: ShadowRoot) => void;
}

/**
 * Links and fields that may be a number without showing it as text, and elements that may have a shadow root
 * (dom.spec.whatwg.org, valid shadow host names, and custom elements). No selector names just those, hence all but what most pages
 * are made of.
 */
const tellingSelector =
  ':is(a,input):is([href^="tel:" i],[href^="callto:" i],[readonly],[disabled]),' +
  ':not(td,tr,a,li,b,i,th,br,img,label,button,input,option,ul,svg,path,g,use,strong,em,small,code,tbody,table,script,style,link)';

/** Steps between two looks at the clock. */
const STRIDE = 32;

/**
 * Reads everything below a node, shadow roots apart, text first: of most texts nothing is asked but their characters, and only
 * around those that may hold a number, or a part of one, the elements are looked at. That is most of what a page costs.
 */
export function createTreeReading(tree: Node, deps: TreeDeps): Walk {
  const { store, mayHold, onRoot } = deps;
  const texts = (tree.ownerDocument as Document).createTreeWalker(tree, NodeFilter.SHOW_TEXT);
  const seen = new Set<Node>();
  /** Blocks may have been read before, and then hold marks of what they no longer say. */
  const again = store.size > 0;
  let block: Walk | undefined;
  /** The text before, when a number may go on from it in this one: with digits, and nothing but spaces and marks since. */
  let before = '';
  let path: Node[] = [];
  let textsRead = false;
  let at = 0;
  let elements: NodeListOf<Element> | undefined;

  /** The place where the reading was left may be gone from the tree: then from what was around it. */
  const repair = (): void => {
    if (path.length === 0 || tree.contains(texts.currentNode)) return;
    texts.currentNode = path.find((node) => tree.contains(node)) ?? tree;
    before = '';
  };
  const remember = (): void => {
    path = [];
    for (let node = texts.currentNode.parentNode; node && node !== tree; node = node.parentNode) path.push(node);
    path.push(tree);
  };
  const readAround = (node: Node): void => {
    const around = blockAround(node);
    if (!around || seen.has(around)) return;
    seen.add(around);
    block = readBlock(around, deps);
  };
  const readText = (text: Text): void => {
    const parent = text.parentElement;
    if (!parent || kindOf(parent) !== 'block' || text.nextSibling || text.previousSibling) {
      readAround(text);
      return;
    }
    before = '';
    readOnlyText(text, parent, deps);
  };
  /** Told from the nearest nodes alone, as it is of every other cell of a table; what they do not tell, reading its line does. */
  const beginsLine = (text: Text): boolean => {
    if (text.previousSibling) return false;
    const parent = text.parentElement;
    return parent !== null && kindOf(parent) === 'block';
  };

  function step(text: Text): void {
    const { data } = text;
    if (hasDigit(data)) {
      const goesOn = before !== '' && startsInDigits(data) && endsInDigits(before) && !beginsLine(text);
      before = data;
      if (goesOn || mayHold(data)) {
        readText(text);
        return;
      }
    } else if (before !== '' && !isGap(data)) before = '';
    if (again && wasMarked(text)) readText(text);
  }
  function wasMarked(text: Text): boolean {
    const around = blockAround(text);
    return around !== null && store.has(around);
  }
  function finishBlock(mustPause: () => boolean): boolean {
    if (block && !block.advance(mustPause)) return false;
    block = undefined;
    return true;
  }
  function readTexts(mustPause: () => boolean): boolean {
    repair();
    for (let steps = 0; ; steps++) {
      if (!finishBlock(mustPause)) return false;
      if (steps === STRIDE) {
        steps = 0;
        if (mustPause()) {
          remember();
          return false;
        }
      }
      const text = texts.nextNode() as Text | null;
      if (!text) return true;
      step(text);
    }
  }
  function visit(element: Element): void {
    const kind = kindOf(element);
    if (kind === 'link' || kind === 'input') readAround(element);
    else if (element.shadowRoot) onRoot(element.shadowRoot);
  }
  function readElements(mustPause: () => boolean): boolean {
    if (!elements) {
      // Not copied: each of its elements is first touched, which takes longest, when its turn comes.
      elements = (tree as ParentNode).querySelectorAll(tellingSelector);
      if (tree.nodeType === 1) visit(tree as Element);
    }
    while (block || at < elements.length) {
      if (!finishBlock(mustPause)) return false;
      if (at < elements.length) visit(elements[at++] as Element);
      if (at % STRIDE === 0 && mustPause()) return false;
    }
    return true;
  }

  return {
    advance(mustPause) {
      textsRead ||= readTexts(mustPause);
      return textsRead && readElements(mustPause);
    },
  };
}
