// @vitest-environment happy-dom
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFinder } from '../phone/finder.ts';
import { planBook } from '../phone/plans/plan-book.ts';
import { vocabulary } from '../phone/vocabulary.ts';
import { createMarkStore } from './mark-store.ts';
import { createScanner } from './scanner.ts';

const finder = createFinder({ region: 'VN' }, planBook(), vocabulary());

const words = ['0912345678', '0987 654 321', '090', '123', '4567', '8', ' ', '-', 'x', '&', '<td>', '\u00a0', '０９０', '+84'];
const texts = fc.constantFrom(...words).map((text) => (): Node => document.createTextNode(text));
const odd = fc
  .constantFrom('<!--<p>-->', '<br>', '<img>', '<script>"0912345678<p>"</script>', '<template><p>0912345678</p></template>')
  .map((html) => (): Node => document.createRange().createContextualFragment(html));
const names = ['div', 'p', 'span', 'b', 'li', 'td', 'tr', 'article', 'x-number', 'textarea', 'select'];
const attributes = fc.constantFrom(undefined, '0912345678', 'a > b', '<p>', '"<b', 'textbox');
const { node } = fc.letrec<{ node: () => Node }>((tie) => ({
  node: fc.oneof({ maxDepth: 5, depthSize: 'medium' }, texts, odd, texts, elementOf(fc.array(tie('node'), { maxLength: 5 }))),
}));

function elementOf(children: fc.Arbitrary<(() => Node)[]>) {
  return fc.tuple(fc.constantFrom(...names), attributes, children).map(([name, attribute, inside]) => (): Node => {
    const element = document.createElement(name);
    if (attribute) element.setAttribute(attribute === 'textbox' ? 'role' : 'title', attribute);
    element.append(...inside.map((make) => make()));
    return element;
  });
}

function reader(readAtOnce?: number) {
  const store = createMarkStore(document, { added: () => {}, removed: () => {}, deferred: () => {}, undeferred: () => {} });
  const scanner = createScanner({
    find: finder.find,
    hints: finder.hints,
    mayHold: finder.mayHold,
    readAtOnce,
    version: () => 0,
    store,
    onRoot: () => {},
    onField: () => {},
    onRootless: () => {},
    onSlice: () => {},
    now: () => 0,
  });
  const marks = () => {
    scanner.run();
    scanner.readNow(store.unread);
    const all = [...store.all()].map(({ number, text, anchor, stretch }) => {
      const path: number[] = [];
      for (let at: Node | null = stretch?.startContainer ?? anchor; at?.parentNode; at = at.parentNode)
        path.unshift([...at.parentNode.childNodes].indexOf(at as ChildNode));
      return `${path.join('.')}+${stretch?.startOffset} ${number} ${text}`;
    });
    return all.sort();
  };
  return { scanner, marks };
}

it('finds in the markup what each text of the tree says', () => {
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 8 }), (made) => {
      document.body.replaceChildren(...made.map((make) => make()));
      const byMarkup = reader();
      byMarkup.scanner.addTree(document.body);
      const whenNear = reader(0);
      whenNear.scanner.addTree(document.body);
      const byText = reader();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) byText.scanner.addText(walker.currentNode);
      expect(byMarkup.marks()).toEqual(byText.marks());
      expect(whenNear.marks()).toEqual(byText.marks());
    }),
    { numRuns: 300 },
  );
});
