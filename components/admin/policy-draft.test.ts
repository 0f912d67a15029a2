import { describe, expect, it } from 'vitest';
import { samplePolicy } from '../testing/samples.ts';
import { faultOf } from './policy-draft.ts';

const policy = samplePolicy();
const window = { from: '08:00', to: '17:00', days: [1], classes: ['mobile' as const] };
const hours = (...more: object[]) => ({
  salesHours: { timeZone: 'Asia/Ho_Chi_Minh', windows: [window, ...more], override: true },
});

describe('faultOf', () => {
  it.each([
    ['nothing', {}, null],
    ['no country', { countries: [] }, 'countries'],
    ['an empty cap', { caps: { ...policy.caps, agentPerDay: Number.NaN } }, 'caps'],
    ['a cap of half a call', { caps: { ...policy.caps, agentPerDay: 1.5 } }, 'caps'],
    ['a burst of no calls', { burst: { calls: 0, minutes: 5 } }, 'burst'],
    ['a burst longer than a day', { burst: { calls: 5, minutes: 1441 } }, 'burst'],
    ['hours that end before they begin', hours({ ...window, to: '07:59' }), 'salesHours'],
    ['hours that never end', hours({ ...window, to: '' }), 'salesHours'],
    ['hours on no day', hours({ ...window, days: [] }), 'salesHours'],
    ['hours for no number', hours({ ...window, classes: [] }), 'salesHours'],
    ['good hours', hours(), null],
    ['good hours twice', hours(window), null],
    ['a history of a week', { historyDays: 7 }, 'historyDays'],
  ] as const)('finds %s', (_, change, fault) => {
    expect(faultOf({ ...policy, ...change } as typeof policy)).toBe(fault);
  });
});
