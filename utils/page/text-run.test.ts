// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { stretchesOf } from './text-run.ts';

const cases: [name: string, texts: string[], asked: [start: number, end: number][]][] = [
  ['within one node', ['abcdef'], [[1, 3]]],
  ['over several', ['ab', '', 'cd', 'ef'], [[1, 5]]],
  ['at the edges of nodes', ['ab', 'cd', 'ef'], [[2, 4]]],
  [
    'one after the other',
    ['ab', 'cdef', 'gh'],
    [
      [0, 3],
      [3, 5],
      [5, 8],
    ],
  ],
  [
    'one that begins before the last',
    ['ab', 'cd', 'ef'],
    [
      [4, 6],
      [0, 2],
    ],
  ],
];
it.each(cases)('places %s', (_, texts, asked) => {
  const nodes = texts.map((text) => document.createTextNode(text));
  document.body.replaceChildren(...nodes);
  const place = stretchesOf(nodes);
  for (const [start, end] of asked) {
    const { startContainer, startOffset, endContainer, endOffset } = place(start, end) ?? {};
    const range = document.createRange();
    range.setStart(startContainer as Text, startOffset as number);
    range.setEnd(endContainer as Text, endOffset as number);
    expect([startOffset, endOffset]).not.toContain(undefined);
    expect(range.toString()).toBe(texts.join('').slice(start, end));
  }
});

it('knows no place beyond the text', () => {
  expect(stretchesOf([document.createTextNode('ab')])(1, 3)).toBeUndefined();
});

it('walks over the nodes once for all the places in the order of the text', () => {
  let looks = 0;
  const node = () => ({
    get length() {
      looks++;
      return 2;
    },
  });
  const nodes = Array.from({ length: 500 }, node) as unknown as Text[];
  const place = stretchesOf(nodes);
  for (let start = 0; start < 1_000; start += 2) place(start, start + 2);
  expect(looks).toBeLessThan(4 * nodes.length);
});
