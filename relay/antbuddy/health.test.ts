import { expect, it } from 'vitest';
import type { ErrorCode } from '../contract.ts';
import { createHealth } from './health.ts';

type Noted = [code: ErrorCode | null, of: 'call' | 'read'];

it.each<[string, Noted[], string]>([
  ['a history that fails', [['upstream_failed', 'read']], 'unknown'],
  ['a call that fails', [['outcome_unknown', 'call']], 'unknown'],
  [
    'a call that fails after a history did',
    [
      ['upstream_failed', 'read'],
      ['outcome_unknown', 'call'],
    ],
    'unreachable',
  ],
  [
    'a history that fails after a call did',
    [
      ['outcome_unknown', 'call'],
      ['upstream_malformed', 'read'],
      ['upstream_failed', 'read'],
    ],
    'unreachable',
  ],
  [
    'a read that succeeds after both failed',
    [
      ['outcome_unknown', 'call'],
      ['upstream_failed', 'read'],
      [null, 'read'],
    ],
    'ok',
  ],
  [
    'a history that fails again after a call was accepted',
    [
      ['outcome_unknown', 'call'],
      ['upstream_failed', 'read'],
      [null, 'call'],
      ['upstream_failed', 'read'],
    ],
    'unknown',
  ],
  [
    'a device that is offline after both failed',
    [
      ['outcome_unknown', 'call'],
      ['upstream_failed', 'read'],
      ['device_offline', 'call'],
    ],
    'ok',
  ],
])('%s', (_what, noted, state) => {
  const health = createHealth(() => 5);
  for (const one of noted) health.note(...one);
  expect(health.read()).toEqual({ state, checkedAt: 5 });
});

it('is not called unreachable for a history that fails long after a call did', () => {
  let at = 0;
  const health = createHealth(() => at);
  health.note('outcome_unknown', 'call');
  at = 10 * 60_000;
  health.note('upstream_malformed', 'read');
  expect(health.read().state).toBe('unknown');
  health.note('outcome_unknown', 'call');
  expect(health.read().state).toBe('unreachable');
});
