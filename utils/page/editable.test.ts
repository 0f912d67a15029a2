// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { isReadable } from './editable.ts';

it.each([
  ['plain text', '<p id="x"></p>', true],
  ['contenteditable', '<div contenteditable><p id="x"></p></div>', false],
  ['contenteditable=true', '<div contenteditable="true"><p id="x"></p></div>', false],
  ['plaintext-only', '<div contenteditable="plaintext-only"><p id="x"></p></div>', false],
  ['contenteditable=false', '<div contenteditable="false"><p id="x"></p></div>', true],
  ['fixed inside editable', '<div contenteditable><p id="x" contenteditable="false"></p></div>', true],
  ['editable inside fixed', '<div contenteditable="false"><p id="x" contenteditable></p></div>', false],
  ['a text box by role', '<div role="textbox"><p id="x"></p></div>', false],
  ['one of several roles', '<div role="none searchbox"><p id="x"></p></div>', false],
  ['another role', '<div role="row"><p id="x"></p></div>', true],
  ['what a canvas falls back to', '<canvas><p id="x"></p></canvas>', false],
  ['a fixed part of it', '<canvas><p id="x" contenteditable="false"></p></canvas>', false],
])('%s', (_, html, readable) => {
  document.body.innerHTML = html;
  expect(isReadable(document.querySelector('#x') as Element)).toBe(readable);
});

it('follows an editable host into its shadow root', () => {
  document.body.innerHTML = '<div contenteditable><section></section></div>';
  const root = document.querySelector('section')?.attachShadow({ mode: 'open' }) as ShadowRoot;
  root.innerHTML = '<p></p>';
  expect(isReadable(root.querySelector('p') as Element)).toBe(false);
});
