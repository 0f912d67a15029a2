import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchLateRoots } from './late-roots.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A custom element that nobody has defined yet. */
const undefinedElement = () => {
  const element = { shadowRoot: null as unknown, isConnected: true, matches: () => true };
  return { element: element as unknown as Element, define: () => Object.assign(element, { shadowRoot: {} }) };
};

it.each([
  ['alone', 0],
  ['while another one waits for ever', 1],
])('finds the root of an element that is met at 1 s and defined at 2 s, %s', (_, forever) => {
  const found: Element[] = [];
  const roots = watchLateRoots((element) => found.push(element));
  if (forever) roots.meet(undefinedElement().element);
  roots.look();
  vi.advanceTimersByTime(1_000);
  const { element, define } = undefinedElement();
  roots.meet(element);
  roots.look();
  vi.advanceTimersByTime(1_000);
  define();
  vi.advanceTimersByTime(1_000);
  expect(found).toEqual([element]);
  vi.runAllTimers();
  expect([found.length, vi.getTimerCount()]).toEqual([1, 0]);
});

it('looks at an element that is met at every reading of a busy page once at a time, and leaves no timer', () => {
  const found: Element[] = [];
  const roots = watchLateRoots((element) => found.push(element));
  const { element, define } = undefinedElement();
  for (let reading = 0; reading < 50; reading++) {
    roots.meet(element);
    roots.look();
    vi.advanceTimersByTime(100);
  }
  expect(vi.getTimerCount()).toBe(1);
  define();
  vi.runAllTimers();
  expect([found, vi.getTimerCount()]).toEqual([[element], 0]);
});

it('leaves no timer when it is stopped', () => {
  const roots = watchLateRoots(() => {});
  roots.meet(undefinedElement().element);
  roots.look();
  roots.stop();
  expect(vi.getTimerCount()).toBe(0);
});
