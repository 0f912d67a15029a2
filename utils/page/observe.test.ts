// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import { createObserver, type Observer } from './observe.ts';

let observer: Observer;
afterEach(() => observer.stop());

const changes: [name: string, html: string, change: (element: Element) => void, told: string[]][] = [
  ['a word', '<p>Lan</p>', (p) => ((p.firstChild as Text).data = 'Mai'), ['meaning']],
  ['a class', '<p>Lan</p>', (p) => p.classList.add('on'), ['looks']],
  ['the value of a read-only field', '<input readonly>', (field) => field.setAttribute('value', '1'), ['meaning']],
  ['the value of a disabled field', '<input disabled>', (field) => field.setAttribute('value', '1'), ['meaning']],
  ['a field that can be typed in no longer', '<input>', (field) => field.setAttribute('readonly', ''), ['meaning']],
  ['what is typed, as some write it beside the field', '<input>', (field) => field.setAttribute('value', '1'), []],
  ['how far something is', '<progress></progress>', (bar) => bar.setAttribute('value', '1'), []],
  [
    'a class while somebody types',
    '<input>',
    (field) => {
      field.setAttribute('value', '1');
      field.className = 'changed';
    },
    ['looks'],
  ],
];
it.each(changes)('tells of %s what has to be done', (_, html, change, told) => {
  document.body.innerHTML = html;
  const heard: string[] = [];
  observer = createObserver(
    (kind) => heard.push(kind),
    () => false,
  );
  observer.watch(document);
  const before = observer.version();
  change(document.body.firstElementChild as Element);
  const { trees, texts } = observer.take();
  const isRead = told.includes('meaning');
  expect([heard, observer.version() - before, trees.size + texts.size > 0]).toEqual([told, isRead ? 1 : 0, isRead]);
});
