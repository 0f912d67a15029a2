// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { runInPage } from './run-in-page.ts';

beforeEach(() => {
  globalThis.dialsidePage = undefined;
});

function setUp({ isOrphan = false } = {}) {
  const page = new EventTarget();
  const runs: AbortController[] = [];
  let again = () => {};
  const start: Parameters<typeof runInPage>[0] = (stopping, anew) => {
    runs.push(stopping);
    again = anew;
  };
  const run = () => runInPage(start, { page, isOrphan: () => isOrphan });
  run();
  return {
    run,
    again: () => again(),
    dispatch: (type: string, more = {}) => void page.dispatchEvent(Object.assign(new Event(type), more)),
    stop: () => runs.at(-1)?.abort(),
    alive: () => runs.map(({ signal }) => !signal.aborted),
  };
}

it('a run takes the place of the one before it', () => {
  const { run, alive } = setUp();
  run();
  expect(alive()).toEqual([false, true]);
});

it('a page that comes back from the cache is run anew, each time once; one that is loaded goes on', () => {
  const { dispatch, alive } = setUp();
  dispatch('pageshow', { persisted: false });
  expect(alive()).toEqual([true]);
  dispatch('pageshow', { persisted: true });
  dispatch('pageshow', { persisted: true });
  expect(alive()).toEqual([false, false, true]);
});

it('a run that is told of another start takes its own place', () => {
  const { again, alive } = setUp();
  again();
  again();
  expect(alive()).toEqual([false, false, true]);
});

it('a run that was stopped stays so', () => {
  const { dispatch, stop, alive } = setUp();
  stop();
  dispatch('pageshow', { persisted: true });
  expect(alive()).toEqual([false]);
});

it.each([
  ['toggle', true, false],
  ['keydown', true, false],
  ['visibilitychange', true, false],
  // An orphan keeps handling clicks: it answers that the page has to be reloaded.
  ['click', true, true],
  ['toggle', false, true],
  ['keydown', false, true],
])('%s, of the extension gone %s: goes on %s', (type, isOrphan, goesOn) => {
  const { dispatch, alive } = setUp({ isOrphan });
  dispatch(type);
  expect(alive()).toEqual([goesOn]);
});
