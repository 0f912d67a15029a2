import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCallsInFlight } from './calls-in-flight.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Tracks calls that end on demand, and records whether a `letPass` has resolved. */
function start() {
  const calls = createCallsInFlight();
  const begin = () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    calls.track(promise).catch(() => {});
    return { end: resolve, fail: reject };
  };
  const letPass = () => {
    const state = { passed: false };
    void calls.letPass(200).then(() => {
      state.passed = true;
    });
    return state;
  };
  return { begin, letPass, turn: () => vi.advanceTimersByTimeAsync(0) };
}

it('waits for no call where there is none', async () => {
  const { letPass, turn } = start();
  const waiting = letPass();
  await turn();
  expect(waiting.passed).toBe(true);
});

it('waits for calls that are placed, and for those that begin meanwhile, however they end', async () => {
  const { begin, letPass, turn } = start();
  const first = begin();
  const waiting = letPass();
  const second = begin();
  first.end();
  await turn();
  expect(waiting.passed).toBe(false);
  second.fail(new Error('The store is gone.'));
  await turn();
  expect(waiting.passed).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('waits no longer than it may', async () => {
  const { begin, letPass } = start();
  begin();
  const waiting = letPass();
  await vi.advanceTimersByTimeAsync(199);
  expect(waiting.passed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(waiting.passed).toBe(true);
});
