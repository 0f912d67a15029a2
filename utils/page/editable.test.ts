// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { isEditable } from './editable.ts';

it.each([
  ['plain text', '<p id="x"></p>', false],
  ['contenteditable', '<div contenteditable><p id="x"></p></div>', true],
  ['contenteditable=true', '<div contenteditable="true"><p id="x"></p></div>', true],
  ['plaintext-only', '<div contenteditable="plaintext-only"><p id="x"></p></div>', true],
  ['contenteditable=false', '<div contenteditable="false"><p id="x"></p></div>', false],
  ['fixed inside editable', '<div contenteditable><p id="x" contenteditable="false"></p></div>', false],
  ['editable inside fixed', '<div contenteditable="false"><p id="x" contenteditable></p></div>', true],
  ['a text box by role', '<div role="textbox"><p id="x"></p></div>', true],
  ['one of several roles', '<div role="none searchbox"><p id="x"></p></div>', true],
  ['another role', '<div role="row"><p id="x"></p></div>', false],
])('%s', (_, html, editable) => {
  document.body.innerHTML = html;
  expect(isEditable(document.querySelector('#x') as Element)).toBe(editable);
});

it('follows an editable host into its shadow root', () => {
  document.body.innerHTML = '<div contenteditable><section></section></div>';
  const root = document.querySelector('section')?.attachShadow({ mode: 'open' }) as ShadowRoot;
  root.innerHTML = '<p></p>';
  expect(isEditable(root.querySelector('p') as Element)).toBe(true);
});
