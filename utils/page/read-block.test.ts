// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { findNumbers } from '../phone/find-numbers.ts';
import type { Outside } from '../phone/finder.ts';
import { createMarkStore } from './mark-store.ts';
import { readBlock } from './read-block.ts';

/** Reads the first block of some markup: how often it could have paused, what it found, and the label that each line got. */
function read(html: string) {
  document.body.innerHTML = html;
  const store = createMarkStore(document, { added() {}, removed() {}, deferred() {}, undeferred() {} });
  const labels: (string | undefined)[] = [];
  const find = (text: string, outside?: Outside) => {
    labels.push(outside?.label?.());
    return findNumbers(text, { region: 'VN' });
  };
  const block = document.body.firstElementChild as Element;
  const pauses = [...readBlock(block, { find, store, headers: new Map(), says: new Map() })].length;
  return { pauses, labels, texts: [...store.all()].map(({ text }) => text) };
}

it('may pause within a line of many texts', () => {
  const { pauses, texts } = read(`<pre>${'<b>x</b> 0901234567 '.repeat(1_000)}</pre>`);
  expect([pauses > 1, texts.length]).toEqual([true, 1_000]);
});

it('labels the lines of a block by the line of words above them', () => {
  const { labels } = read('<div>Di động<br>0901234567<br>0912345678<br>Mã đơn<br>0981234567</div>');
  expect(labels).toEqual(['Di động', 'Di động', 'Mã đơn']);
});

it('reads each of many lines only a few times', () => {
  // The window's own class inherits it.
  const data = vi.spyOn(Object.getPrototypeOf(Text.prototype), 'data', 'get');
  const { texts } = read(`<div>${'<b>0901234567</b><br>'.repeat(200)}</div>`);
  const looks = data.mock.calls.length;
  data.mockRestore();
  expect(looks).toBeGreaterThan(0);
  expect(looks / texts.length).toBeLessThan(20);
});
