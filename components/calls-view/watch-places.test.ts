// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchPlaces } from './watch-places.ts';

let at = 0;
const box = document.createElement('div');
const dialled = vi.fn();
const told = vi.fn();
let stop = () => {};

function add(name: string, top: number): HTMLElement {
  const button = document.createElement('button');
  button.className = 'call';
  button.innerHTML = '<svg></svg>';
  button.addEventListener('click', () => dialled(name));
  box.append(button);
  return place(button, top);
}
function place(button: HTMLElement, top: number): HTMLElement {
  button.getBoundingClientRect = () => new DOMRect(0, top - window.scrollY, 32, 32);
  button.style.top = `${top}px`;
  return button;
}
function scrolled(to: number, button: HTMLElement): HTMLElement {
  window.scrollTo(0, to);
  return button;
}
function press(button: HTMLElement, detail = 1) {
  button.firstElementChild?.dispatchEvent(new MouseEvent('click', { bubbles: true, detail }));
}
/** Lets the mutation observers run. */
const drawn = () => Promise.resolve();

beforeEach(() => {
  document.body.replaceChildren(box);
  box.replaceChildren();
  window.scrollTo(0, 0);
  at = 0;
  dialled.mockClear();
  told.mockClear();
});
afterEach(() => stop());

const cases: [name: string, act: (first: HTMLElement) => HTMLElement, wait: number, detail: number, dials: boolean][] = [
  ['stands where it stood', (first) => first, 0, 1, true],
  ['moved just now', (first) => place(first, 156), 499, 1, false],
  ['moved by a few pixels', (first) => place(first, 108), 0, 1, true],
  ['moved a moment ago', (first) => place(first, 156), 500, 1, true],
  ['moved, by a key', (first) => place(first, 156), 0, 0, true],
  ['came just now', () => add('new', 100), 499, 1, false],
  ['came a moment ago', () => add('new', 100), 500, 1, true],
  ['was scrolled', (first) => scrolled(40, first), 0, 1, true],
  ['was held in sight by scrolling', (first) => scrolled(56, place(first, 156)), 0, 1, true],
  ['came by scrolling', () => scrolled(400, add('new', 900)), 0, 1, true],
];
it.each(cases)('a press of a button that %s', async (_, act, wait, detail, dials) => {
  const first = add('first', 100);
  stop = watchPlaces(box, '.call', told, () => at);
  at = 1000;
  const button = act(first);
  await drawn();
  at += wait;
  press(button, detail);
  expect(dialled.mock.calls.length).toBe(dials ? 1 : 0);
  expect(told.mock.calls).toEqual(detail === 0 ? [] : [[!dials]]);
});

it('stops what moved before anybody heard of it', () => {
  const first = add('first', 100);
  stop = watchPlaces(box, '.call', told, () => at);
  place(first, 156);
  press(first);
  expect(dialled).not.toHaveBeenCalled();
});

it('dials nothing at the second press of a double click, and says nothing of it', async () => {
  const first = add('first', 100);
  stop = watchPlaces(box, '.call', told, () => at);
  press(first);
  place(first, 156);
  at = 1000;
  press(first, 2);
  expect(dialled).toHaveBeenCalledOnce();
  expect(told.mock.calls).toEqual([[false]]);
});

it('takes the first buttons of all as they come, and other presses as they are', async () => {
  stop = watchPlaces(box, '.call', told, () => at);
  press(add('first', 100));
  box.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
  expect(dialled).toHaveBeenCalledOnce();
  expect(told.mock.calls).toEqual([[false], [false]]);
});

const keys: [name: string, held: Partial<KeyboardEventInit>, html: string, presses: boolean][] = [
  ['Enter on a button', {}, '<button>Call</button>', true],
  ['Enter held on a button', { repeat: true }, '<button>Call</button>', false],
  ['Enter held in the field of a form', { repeat: true }, '<form><input></form>', false],
  ['Enter held in a note', { repeat: true }, '<textarea></textarea>', true],
  ['an arrow held on a button', { key: 'ArrowDown', repeat: true }, '<button>Call</button>', true],
];
it.each(keys)('a key held down is one press: %s', (_, held, html, presses) => {
  stop = watchPlaces(box, '.call', told, () => at);
  box.innerHTML = html;
  const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...held });
  box.querySelector('button, input, textarea')?.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(!presses);
});

it('stops nothing once it was stopped itself', () => {
  const first = add('first', 100);
  watchPlaces(box, '.call', told, () => at)();
  place(first, 156);
  press(first);
  expect(dialled).toHaveBeenCalledOnce();
});
