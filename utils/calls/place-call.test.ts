import { describe, expect, it, vi } from 'vitest';
import type { Call, CallState } from '../../relay/contract.ts';
import type { Click } from '../messages.ts';
import { type FailureCode, fail, type Reply, succeed } from '../reply.ts';
import type { JournalEntry } from '../storage.ts';
import { createCallJournal } from './call-journal.ts';
import { createCallPlacer } from './place-call.ts';

const KEY = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
const NOW = 1_000_000;
const click: Click = { key: KEY, number: '+84901234567', clickedAt: NOW - 50, surface: 'page' };
const call = (state: CallState): Reply<Call> =>
  succeed({ key: KEY, number: click.number, state, reason: null, createdAt: 1, settledAt: null, sameAs: null });
const no = (code: FailureCode): Reply<Call> => fail(code);

interface World {
  posts?: Reply<Call>[];
  gets?: Reply<Call>[];
  journal?: JournalEntry[];
  relay?: FailureCode;
  now?: number;
  /** What was picked in the browser. */
  picked?: string;
}
function setUp({ posts = [], gets = [], journal: kept = [], relay, now = NOW, picked }: World) {
  const rung: (string | undefined)[] = [];
  const refreshed = vi.fn();
  const traffic: string[] = [];
  let entries = kept;
  const item = {
    getValue: async () => entries,
    setValue: async (next: JournalEntry[]) => {
      traffic.push('write');
      entries = next;
    },
  };
  const client = {
    placeCall: async ({ sipDevice }: { sipDevice?: string }) => {
      traffic.push('POST');
      rung.push(sipDevice);
      await Promise.resolve();
      return posts.shift() ?? no('internal');
    },
    getCall: async () => {
      traffic.push('GET');
      return gets.shift() ?? no('call_not_found');
    },
  };
  const clock = { now };
  const place = createCallPlacer({
    journal: createCallJournal(item),
    relay: async () => (relay ? fail(relay) : succeed(client)),
    device: async () => picked,
    onUnknownDevice: refreshed,
    now: () => clock.now,
  });
  return {
    rung,
    refreshed,
    place,
    traffic,
    clock,
    entries: () => entries,
    requests: () => traffic.filter((one) => one !== 'write'),
  };
}
const codeOf = (reply: Reply<Call>) => (reply.ok ? reply.value.state : reply.error.code);
const kept = (sentAt: number | null): JournalEntry => ({ ...click, site: null, sentAt, outcome: null });

describe('the device that rings', () => {
  const [one, two] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  it.each([
    ['the picked one', one, {}, one],
    ['the one that the click names', one, { sipDevice: two }, two],
    ['whatever the relay says where nothing was picked', undefined, {}, undefined],
  ])('is %s', async (_, picked, named, rung) => {
    const world = setUp({ posts: [call('accepted')], ...(picked && { picked }) });
    await world.place({ ...click, ...named }, null);
    expect(world.rung).toEqual([rung]);
  });

  it('stays the same for a click that is sent again after another was picked', async () => {
    const journal = [{ ...kept(NOW), sipDevice: one }];
    const world = setUp({ journal, picked: two, posts: [call('accepted')] });
    await world.place(click, null);
    expect(world.rung).toEqual([one]);
  });

  it('is looked up anew after the relay refused one', async () => {
    const world = setUp({ picked: one, posts: [no('sip_device_unknown')] });
    expect(codeOf(await world.place(click, null))).toBe('sip_device_unknown');
    expect([world.refreshed.mock.calls.length, world.rung]).toEqual([1, [one]]);
  });
});

describe('createCallPlacer', () => {
  const rows: [name: string, world: World, outcome: string, requests: string[]][] = [
    ['a first click asks, then places', { posts: [call('accepted')] }, 'accepted', ['GET', 'POST']],
    ['a relay that is away is never sent to', { gets: [no('relay_unreachable')] }, 'relay_unreachable', ['GET']],
    ['nor is one that does not answer in time', { gets: [no('relay_timeout')] }, 'relay_timeout', ['GET']],
    ['nor is something that is no relay', { gets: [no('relay_not_dialside')] }, 'relay_not_dialside', ['GET']],
    ['a revoked device', { gets: [no('device_revoked')] }, 'device_revoked', ['GET']],
    ['no connection to a relay', { relay: 'not_connected' }, 'not_connected', []],
    ['the relay’s refusal', { posts: [no('number_invalid')] }, 'number_invalid', ['GET', 'POST']],
    [
      'a request that broke off, the call placed',
      { posts: [no('relay_timeout')], gets: [no('call_not_found'), call('accepted')] },
      'accepted',
      ['GET', 'POST', 'GET'],
    ],
    [
      'a request that broke off, nothing known yet',
      { posts: [no('relay_unreachable')] },
      'outcome_unknown',
      ['GET', 'POST', 'GET'],
    ],
    [
      'a request that broke off, the relay silent',
      { posts: [no('relay_timeout')], gets: [no('call_not_found'), no('relay_timeout')] },
      'outcome_unknown',
      ['GET', 'POST', 'GET'],
    ],
    [
      'a request that broke off, the relay gone',
      { posts: [no('relay_not_dialside')], gets: [no('call_not_found'), no('relay_unreachable')] },
      'outcome_unknown',
      ['GET', 'POST', 'GET'],
    ],
    [
      'a request that the browser sent twice, the call being placed',
      { posts: [no('proof_used')], gets: [no('call_not_found'), call('dispatching')] },
      'dispatching',
      ['GET', 'POST', 'GET'],
    ],
    [
      'a request that the browser sent twice, nothing known yet',
      { posts: [no('proof_used')] },
      'outcome_unknown',
      ['GET', 'POST', 'GET'],
    ],
    ['a signature that the relay does not take', { posts: [no('proof_rejected')] }, 'proof_rejected', ['GET', 'POST']],
    ['a click of a dead worker that was placed', { journal: [kept(NOW)], gets: [call('accepted')] }, 'accepted', ['GET']],
    [
      'a click of a dead worker that never arrived',
      { journal: [kept(NOW)], posts: [call('accepted')] },
      'accepted',
      ['GET', 'POST'],
    ],
    [
      'a click of a dead worker, the relay away',
      { journal: [kept(NOW)], gets: [no('relay_unreachable')] },
      'outcome_unknown',
      ['GET'],
    ],
    ['a click of a dead worker, disconnected since', { journal: [kept(NOW)], relay: 'not_connected' }, 'outcome_unknown', []],
    [
      'a click of a dead worker that had not left, the relay away',
      { journal: [kept(null)], gets: [no('relay_unreachable')] },
      'relay_unreachable',
      ['GET'],
    ],
    ['a click that is too old', { now: NOW + 16_000 }, 'click_too_old', ['GET']],
    ['a known click that is too old', { journal: [kept(NOW)], now: NOW + 16_000 }, 'click_too_old', ['GET']],
    ['the same key for another number', { journal: [{ ...kept(NOW), number: '+84999999999' }] }, 'idempotency_key_reused', []],
  ];
  it.each(rows)('%s', async (_, world, outcome, requests) => {
    const { place, requests: made, entries } = setUp(world);
    expect(codeOf(await place(click, null))).toBe(outcome);
    expect(made()).toEqual(requests);
    const [entry] = entries();
    expect(entry!.outcome).toBe(outcome === 'idempotency_key_reused' ? null : outcome);
  });

  it('writes the click down before anything leaves, and that it left before it does', async () => {
    const { place, traffic, entries } = setUp({ posts: [call('accepted')] });
    await place(click, 'crm.example');
    expect(traffic).toEqual(['write', 'GET', 'write', 'POST', 'write']);
    expect(entries()).toMatchObject([{ ...click, site: 'crm.example', sentAt: NOW, outcome: 'accepted' }]);
  });

  it('does not ask first while the relay has just answered', async () => {
    const { place, traffic, clock } = setUp({ posts: [call('accepted'), call('accepted'), call('accepted')] });
    const next = (digit: number) => place({ ...click, key: KEY.replace('0', String(digit)), clickedAt: clock.now }, null);
    await next(1);
    traffic.length = 0;
    await next(2);
    expect(traffic).toEqual(['write', 'POST', 'write']);
    clock.now += 31_000;
    traffic.length = 0;
    await next(3);
    expect(traffic.filter((one) => one !== 'write')).toEqual(['GET', 'POST']);
  });

  it('asks first after the clock was set back, whenever the relay answered by it', async () => {
    const { place, requests, clock } = setUp({ posts: [call('accepted'), call('accepted')] });
    await place(click, null);
    clock.now -= 3_600_000;
    await place({ ...click, key: KEY.replace('0', '1'), clickedAt: clock.now }, null);
    expect(requests()).toEqual(['GET', 'POST', 'GET', 'POST']);
  });

  it('makes one request of 50 messages with one key', async () => {
    const { place, requests } = setUp({ posts: [call('accepted')] });
    const replies = await Promise.all(Array.from({ length: 50 }, () => place(click, null)));
    expect(new Set(replies.map(codeOf))).toEqual(new Set(['accepted']));
    expect(requests()).toEqual(['GET', 'POST']);
  });

  it('refuses another call under a key that is being placed', async () => {
    const { place, requests } = setUp({ posts: [call('accepted')] });
    const first = place(click, null);
    expect(codeOf(await place({ ...click, number: '+84999999999' }, null))).toBe('idempotency_key_reused');
    expect(codeOf(await first)).toBe('accepted');
    expect(requests()).toEqual(['GET', 'POST']);
  });

  it('sends nothing when the click cannot be written down', async () => {
    const broken = { open: async () => Promise.reject(new Error('quota')), change: async () => {} };
    const place = createCallPlacer({
      journal: broken,
      relay: async () => Promise.reject(new Error('was asked')),
      now: () => NOW,
    });
    await expect(place(click, null)).rejects.toThrow('quota');
  });
});
