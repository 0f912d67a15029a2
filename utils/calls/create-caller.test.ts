import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Call, CallState } from '../../relay/contract.ts';
import { type FailureCode, fail, type Reply, succeed } from '../reply.ts';
import { createCaller, settle } from './create-caller.ts';
import { newKey } from './new-key.ts';

const KEY = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
const NUMBER = '+84901234567';

const call = (state: CallState): Reply<Call> =>
  succeed({ key: KEY, number: NUMBER, state, reason: null, createdAt: 1, settledAt: null, sameAs: null });
const no = (code: FailureCode): Reply<Call> => fail(code);
/**
 * The fate of one message. `lost`: rejects · `silent`: resolves to undefined · `hung`: never answers · `gone`: the extension was
 * updated.
 */
type Meets = Reply<Call> | 'lost' | 'silent' | 'hung' | 'gone';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/**
 * Plays one click against the given answers, of which the last of each list repeats; returns its outcome and the messages sent.
 */
async function play(sends: Meets[], asks: Meets[] = [], answerAfter = 10) {
  const traffic: string[] = [];
  const keys = new Set<string>();
  const meet = async (list: Meets[], count: number): Promise<Reply<Call> | undefined> => {
    const met = list[Math.min(count, list.length - 1)]!;
    if (met === 'hung') return new Promise(() => {});
    await new Promise((resolve) => setTimeout(resolve, answerAfter));
    if (met === 'lost') throw new Error('A listener indicated an asynchronous response, but the message channel closed');
    if (met === 'gone') throw new Error('Extension context invalidated.');
    return met === 'silent' ? undefined : met;
  };
  const count = (what: string) => traffic.filter((one) => one === what).length;
  const caller = createCaller({
    send: (click) => {
      keys.add(JSON.stringify(click));
      traffic.push('send');
      return meet(sends, count('send') - 1);
    },
    ask: (key) => {
      expect(key).toBe(KEY);
      traffic.push('ask');
      return meet(asks, count('ask') - 1);
    },
    newKey: () => KEY,
  });
  const started = Date.now();
  const { key, settled } = caller.call(NUMBER, 'page');
  let tookMs = Number.NaN;
  void settled.then(() => {
    tookMs = Date.now() - started;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  const reply = await settled;
  return { key, reply, outcome: reply.ok ? reply.value.state : reply.error.code, traffic, clicks: keys.size, tookMs };
}

describe('createCaller', () => {
  const rows: { name: string; sends: Meets[]; asks?: Meets[]; outcome: string; sent: number; within?: number }[] = [
    { name: 'an accepted call', sends: [call('accepted')], outcome: 'accepted', sent: 1, within: 20 },
    { name: 'a rejected call', sends: [call('rejected')], outcome: 'rejected', sent: 1, within: 20 },
    { name: 'the relay’s refusal', sends: [no('agent_not_mapped')], outcome: 'agent_not_mapped', sent: 1, within: 20 },
    {
      name: 'a relay that is away before anything was sent',
      sends: [no('relay_unreachable')],
      outcome: 'relay_unreachable',
      sent: 1,
      within: 20,
    },
    { name: 'a message that was refused', sends: [no('message_refused')], outcome: 'message_refused', sent: 1, within: 20 },
    { name: 'an extension updated before the click', sends: ['gone'], outcome: 'extension_reloaded', sent: 1, within: 20 },
    {
      name: 'a channel lost after the call was placed',
      sends: ['lost'],
      asks: [call('accepted')],
      outcome: 'accepted',
      sent: 1,
      within: 50,
    },
    {
      name: 'no response after the call was placed',
      sends: ['silent'],
      asks: [call('accepted')],
      outcome: 'accepted',
      sent: 1,
      within: 50,
    },
    {
      name: 'a view’s sender that hides the loss',
      sends: [no('extension_reloaded')],
      asks: [call('accepted')],
      outcome: 'accepted',
      sent: 1,
      within: 50,
    },
    {
      name: 'a lost channel, the call still on its way',
      sends: ['lost'],
      asks: [call('dispatching'), call('dispatching'), call('rejected')],
      outcome: 'rejected',
      sent: 1,
      within: 1_000,
    },
    {
      name: 'a call still on its way',
      sends: [call('dispatching')],
      asks: [call('accepted')],
      outcome: 'accepted',
      sent: 1,
      within: 1_000,
    },
    {
      name: 'the same key still in progress',
      sends: [no('call_in_progress')],
      asks: [call('accepted')],
      outcome: 'accepted',
      sent: 1,
      within: 1_000,
    },
    {
      name: 'a channel lost before the request left',
      sends: ['lost', call('accepted')],
      asks: [no('call_not_found')],
      outcome: 'accepted',
      sent: 2,
      within: 100,
    },
    {
      name: 'a worker lost three times',
      sends: ['lost', 'lost', call('accepted')],
      asks: [no('call_not_found')],
      outcome: 'accepted',
      sent: 3,
      within: 1_000,
    },
    {
      name: 'a worker lost at the question too',
      sends: ['lost'],
      asks: ['lost', 'silent', call('accepted')],
      outcome: 'accepted',
      sent: 1,
      within: 1_000,
    },
    {
      name: 'a question that hangs',
      sends: ['lost'],
      asks: ['hung', call('accepted')],
      outcome: 'accepted',
      sent: 1,
      within: 5_000,
    },
    {
      name: 'a relay away after the request left, and back',
      sends: [no('outcome_unknown')],
      asks: [no('relay_unreachable'), call('accepted')],
      outcome: 'accepted',
      sent: 1,
      within: 1_000,
    },
    {
      name: 'a relay away for good after the request left',
      sends: [no('outcome_unknown')],
      asks: [no('relay_unreachable')],
      outcome: 'outcome_unknown',
      sent: 1,
    },
    {
      name: 'an outcome that the relay itself does not know',
      sends: [no('outcome_unknown')],
      asks: [call('unknown')],
      outcome: 'unknown',
      sent: 1,
      within: 50,
    },
    {
      name: 'a failure of the background or the relay after the call was placed',
      sends: [no('internal')],
      asks: [call('accepted')],
      outcome: 'accepted',
      sent: 1,
      within: 50,
    },
    { name: 'a worker that never comes back', sends: ['lost'], asks: ['lost'], outcome: 'outcome_unknown', sent: 1 },
    {
      name: 'a message that hangs for ever, the call placed',
      sends: ['hung'],
      asks: [call('accepted')],
      outcome: 'accepted',
      sent: 1,
      within: 16_100,
    },
    {
      name: 'a message that hangs for ever, no call placed',
      sends: ['hung'],
      asks: [no('call_not_found')],
      outcome: 'click_too_old',
      sent: 1,
    },
    {
      name: 'a background that knows that the relay never got the click',
      sends: ['lost'],
      asks: [no('click_too_old')],
      outcome: 'click_too_old',
      sent: 1,
    },
    {
      name: 'an extension updated under the call',
      sends: ['lost'],
      asks: ['gone'],
      outcome: 'outcome_unknown',
      sent: 1,
      within: 50,
    },
    {
      name: 'an extension updated at the second dispatch',
      sends: ['lost', 'gone'],
      asks: [no('call_not_found')],
      outcome: 'outcome_unknown',
      sent: 2,
      within: 50,
    },
    {
      name: 'a second dispatch that cannot leave, the first having arrived',
      sends: ['lost', no('relay_unreachable')],
      asks: [no('call_not_found'), call('accepted')],
      outcome: 'accepted',
      sent: 2,
      within: 1_000,
    },
    {
      name: 'a call in progress that never ends',
      sends: [no('call_in_progress')],
      asks: [call('dispatching')],
      outcome: 'outcome_unknown',
      sent: 1,
    },
  ];
  it.each(rows)('$name → $outcome', async ({ sends, asks, outcome, sent, within = 21_000 }) => {
    const played = await play(sends, asks);
    expect(played.outcome).toBe(outcome);
    expect(played.traffic.filter((one) => one === 'send')).toHaveLength(sent);
    expect(played.tookMs).toBeLessThanOrEqual(within);
    expect(played.clicks).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up in time though the clock was set back meanwhile', async () => {
    setTimeout(() => vi.setSystemTime(Date.now() - 3_600_000), 1_000);
    const lost = async () => Promise.reject(new Error('channel closed'));
    const outcome = vi.fn();
    void createCaller({ send: lost, ask: lost }).call(NUMBER, 'page').settled.then(outcome);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(outcome).toHaveBeenCalledWith(
      expect.objectContaining({ error: expect.objectContaining({ code: 'outcome_unknown' }) }),
    );
  });

  it.each<[meets: Meets, outcome: string]>([
    [call('accepted'), 'accepted'],
    [no('call_not_found'), 'click_too_old'],
    ['lost', 'outcome_unknown'],
    ['hung', 'outcome_unknown'],
  ])('asks once about a click whose page stood still meanwhile: %j', async (meets, outcome) => {
    const asked: string[] = [];
    const send = vi.fn(async () => {
      vi.setSystemTime(Date.now() + 120_000);
      throw new Error('The message channel is closed: the page moved into the back/forward cache.');
    });
    const ask = async (key: string) => {
      asked.push(key);
      if (meets === 'hung') return new Promise<never>(() => {});
      if (typeof meets === 'string') throw new Error('channel closed');
      return meets;
    };
    const { settled } = createCaller({ send, ask, newKey: () => KEY }).call(NUMBER, 'page');
    await vi.advanceTimersByTimeAsync(5_000);
    const reply = await settled;
    expect(reply.ok ? reply.value.state : reply.error.code).toBe(outcome);
    expect([send.mock.calls.length, asked]).toEqual([1, [KEY]]);
  });

  it('never dispatches a click that is 10 s old', async () => {
    const late = await play(['lost', call('accepted')], ['hung', 'hung', 'hung', no('call_not_found')]);
    expect(late.traffic.filter((one) => one === 'send')).toHaveLength(1);
    expect(late.outcome).toBe('click_too_old');
  });

  it('tells the truth whatever is lost on the way: a model of relay, network and dying workers', async () => {
    const delay = fc.integer({ min: 0, max: 9_000 });
    /** For one dispatch: the time until the relay gets it (null: never), and until its answer is back (null: channel lost). */
    const sendFate = fc.record({ toRelay: fc.option(delay), back: fc.option(delay), lostAfter: delay });
    const askFate = fc.record({
      back: fc.option(fc.integer({ min: 0, max: 3_000 })),
      lostAfter: fc.integer({ min: 0, max: 3_000 }),
    });
    const ends = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(sendFate, { minLength: 1, maxLength: 5 }),
        fc.array(askFate, { maxLength: 12 }),
        async (sendFates, askFates) => {
          const ledger: string[] = [];
          const elapsed = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
          const lost = async (ms: number): Promise<never> => elapsed(ms).then(() => Promise.reject(new Error('channel closed')));
          const caller = createCaller({
            newKey: () => KEY,
            send: async (click) => {
              const fate = sendFates.shift() ?? { toRelay: 0, back: 0, lostAfter: 0 };
              if (fate.toRelay === null) return lost(fate.lostAfter);
              const arrived = elapsed(fate.toRelay).then((): Reply<Call> => {
                if (ledger.includes(click.key)) return call('accepted');
                if (Date.now() - click.clickedAt > 15_000) return no('click_too_old');
                ledger.push(click.key);
                return call('accepted');
              });
              if (fate.back === null) return lost(fate.lostAfter);
              const reply = await arrived;
              await elapsed(fate.back);
              return reply;
            },
            ask: async (key) => {
              const fate = askFates.shift() ?? { back: 0, lostAfter: 0 };
              if (fate.back === null) return lost(fate.lostAfter);
              await elapsed(fate.back);
              return ledger.includes(key) ? call('accepted') : no('call_not_found');
            },
          });
          const { settled } = caller.call(NUMBER, 'page');
          await vi.advanceTimersByTimeAsync(60_000);
          const reply = await settled;
          const outcome = reply.ok ? reply.value.state : reply.error.code;
          ends.set(outcome, (ends.get(outcome) ?? 0) + 1);
          expect(ledger.length).toBeLessThanOrEqual(1);
          if (outcome === 'accepted') expect(ledger).toHaveLength(1);
          else if (outcome !== 'outcome_unknown') expect(ledger).toHaveLength(0);
        },
      ),
      { numRuns: 2_000 },
    );
    // The model must produce both kinds of end, or it tests nothing.
    expect([...ends.keys()].sort()).toEqual(expect.arrayContaining(['accepted', 'click_too_old']));
  }, 60_000);

  it.each<[name: string, asks: Meets[], outcome: string]>([
    ['of one that is placed meanwhile', [no('call_not_found'), call('dispatching'), call('accepted')], 'accepted'],
    ['of one that found its device offline', [call('dispatching'), call('rejected')], 'rejected'],
    ['of one that never reached the relay', [no('call_not_found')], 'click_too_old'],
    ['that nobody can tell', ['lost'], 'outcome_unknown'],
  ])('asks for the outcome of a click that somebody else sent: %s', async (_, asks, outcome) => {
    let turn = 0;
    const ask = async () => {
      const met = asks[Math.min(turn++, asks.length - 1)] as Meets;
      if (met === 'lost') throw new Error('channel closed');
      return met as Reply<Call>;
    };
    const known = settle({ key: KEY, clickedAt: Date.now() - 2_000 }, { send: async () => undefined, ask });
    await vi.advanceTimersByTimeAsync(60_000);
    const reply = await known;
    expect(reply.ok ? reply.value.state : reply.error.code).toBe(outcome);
  });

  it('mints a key a gesture', () => {
    const caller = createCaller({ send: async () => call('accepted'), ask: async () => call('accepted') });
    const keys = Array.from({ length: 100 }, () => caller.call(NUMBER, 'page').key);
    expect(new Set(keys).size).toBe(100);
  });
});

it('makes version 4 UUIDs', () => {
  for (let index = 0; index < 200; index += 1)
    expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
