// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { findNumbers } from '../phone/find-numbers.ts';
import { createMarkStore } from './mark-store.ts';
import { createScanner } from './scanner.ts';

const options = { region: 'VN' };
const readingTwice = (step: number) => {
  let time = 0;
  return () => (time += step);
};

/** Reads a document in the shortest slices possible, and runs `between` after each. */
function read(html: string, between: (slice: number) => void = () => {}) {
  document.body.innerHTML = html;
  const tasks: (() => void)[] = [];
  const store = createMarkStore(document, { added: () => {}, removed: () => {}, deferred: () => {}, undeferred: () => {} });
  let slices = 0;
  let changes = 0;
  const scanner = createScanner({
    find: (text) => findNumbers(text, options),
    hints: /\d{5}/g,
    mayHold: () => true,
    version: () => changes,
    store,
    onRoot: (root) => scanner.addTree(root),
    onField: () => {},
    onRootless: () => {},
    onSlice() {
      const before = document.body.innerHTML;
      between(++slices);
      if (document.body.innerHTML !== before) changes++;
    },
    now: readingTwice(100),
    defer(work) {
      tasks.push(work);
      return () => tasks.splice(tasks.indexOf(work), 1);
    },
  });
  const drain = () => {
    for (let task = tasks.shift(); task; task = tasks.shift()) task();
  };
  scanner.addTree(document.body);
  scanner.run();
  drain();
  return { texts: () => [...store.all()].map((mark) => mark.text).sort(), scanner, store, drain, slices: () => slices };
}

describe('reading a document', () => {
  it.each([
    ['a leaf', '<p>0901234567</p>', ['0901234567']],
    ['text beside blocks', '<div>0901234567<p>x</p>0912345678</div>', ['0901234567', '0912345678']],
    ['adjacent text nodes', '<p>090<!-- -->1234567</p>', ['0901234567']],
    ['cells', '<table><tr><td>090</td><td>1234567</td></tr></table>', []],
    ['a line break', '<p>090<br>1234567</p>', []],
    ['an image between', '<p>090<img>1234567</p>', []],
    ['a script between', '<p>090<script>1</script>1234567</p>', ['0901234567']],
    ['a button label', '<button>0901234567</button>', ['0901234567']],
    ['a text area', '<textarea>0901234567</textarea>', []],
  ])('%s', (_, html, texts) => {
    expect(read(html).texts()).toEqual(texts);
  });

  it('reads a long list in slices and leaves nothing out', () => {
    const reading = read('<p><b>x</b> 0901234567</p>'.repeat(200));
    expect(reading.slices()).toBeGreaterThan(5);
    expect(reading.texts()).toHaveLength(200);
  });

  it('goes on where the list now is when its next item was removed between two slices', () => {
    const reading = read('<p><b>x</b> 0901234567</p>'.repeat(100), () => {
      for (const item of [...document.querySelectorAll('p')].slice(0, 30))
        if (document.querySelectorAll('p').length > 40) item.remove();
    });
    reading.store.sweep();
    expect(reading.texts()).toHaveLength(document.querySelectorAll('p').length);
  });

  it('keeps the identity of marks that stand when their line is read again', () => {
    const reading = read('<p>0901234567, 0912345678</p>');
    const before = [...reading.store.all()];
    reading.scanner.addText(document.querySelector('p')?.firstChild as Text);
    reading.scanner.run();
    reading.drain();
    expect([...reading.store.all()]).toEqual(before);
    expect([...reading.store.all()][0]).toBe(before[0]);
  });

  it('forgets what left the page', () => {
    const reading = read('<p>0901234567</p><p>0912345678</p>');
    document.querySelector('p')?.remove();
    reading.store.sweep();
    expect(reading.texts()).toEqual(['0912345678']);
  });
});
