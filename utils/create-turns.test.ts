import { expect, it, vi } from 'vitest';
import { createTurns } from './create-turns.ts';

it('runs work in the order of asking, each after the end of the one before', async () => {
  const inTurn = createTurns();
  const steps: string[] = [];
  const work = (name: string) => async () => {
    steps.push(`${name} begins`);
    await Promise.resolve();
    steps.push(`${name} ends`);
    return name;
  };
  expect(await Promise.all([inTurn(work('one')), inTurn(work('two'))])).toEqual(['one', 'two']);
  expect(steps).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
});

it('goes on after work that failed, and tells whoever asked for it', async () => {
  const failed = vi.fn();
  const inTurn = createTurns(failed);
  const error = new Error('No space is left.');
  const first = inTurn(() => Promise.reject(error));
  const second = inTurn(async () => 'done');
  await expect(first).rejects.toBe(error);
  expect(await second).toBe('done');
  expect(failed).toHaveBeenCalledExactlyOnceWith(error);
});
