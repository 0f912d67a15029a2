import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from './clock.ts';
import { signedClient } from './signed-client.ts';
import { type AntBuddy, startAntBuddy } from './start-antbuddy.ts';

const clock = createManualClock();
const credentials = { sipUser: 'mailan101', sipPassword: 'sip-mailan-4Tq8' };
const agent = { number: 'mailan101', type: 'user', username: 'mailan' };
let antbuddy: AntBuddy;
let client: ReturnType<typeof signedClient>;

beforeAll(async () => {
  antbuddy = await startAntBuddy({
    clock,
    seed: { calls: 0 },
    historyDelayMs: 2000,
    ringMs: 4000,
    talkMs: 30_000,
    recordingDelayMs: 5000,
  });
  client = signedClient(antbuddy);
});
beforeEach(() => antbuddy.control.reset());
afterAll(() => antbuddy.stop());

async function rows() {
  const created_from = new Date(clock.now() - 86_400_000).toISOString();
  const created_to = new Date(clock.now()).toISOString();
  return (await (await client.histories({ created_from, created_to })).json()).data;
}

describe('an outgoing call', () => {
  it('rings, is answered, talks, ends, and then stands in the histories with its recording', async () => {
    const { control } = antbuddy;
    const startedAt = clock.now();
    await client.dial('0912345678', credentials);
    expect(control.calls()).toMatchObject([{ state: 'ringing', sipUser: 'mailan101', startedAt }]);
    clock.advance(4000);
    expect(control.calls()).toMatchObject([{ state: 'answered', answeredAt: startedAt + 4000 }]);
    clock.advance(30_000);
    expect(control.calls()).toEqual([]);
    expect(await rows()).toEqual([]);
    clock.advance(2000);
    const row = {
      caller: agent,
      callee: { number: '0912345678', type: 'realnumber' },
      class: 'trunking',
      did_number: null,
      direction: 'from_ab',
      status_detail: 'SUCCESS',
      duration_seconds: 34,
      unix_timestamp: Math.floor(startedAt / 1000),
      billing_seconds: 30,
    };
    expect(await rows()).toEqual([{ ...row, recording: '' }]);
    clock.advance(5000);
    const filled = await rows();
    expect(filled).toEqual([{ ...row, recording: expect.stringMatching(/^call_recording_\w{20}\.mp3$/) }]);
    expect((await client.playRecording(filled[0].recording)).status).toBe(200);
  });

  it.each(['BUSY', 'CANCELLED', 'IVR', 'ERROR', 'UNSUCCESS'] as const)('ends as %s when planned so', async (outcome) => {
    antbuddy.control.plan('0900*', { outcome, ringMs: 6000 });
    await client.dial('0900111222', credentials);
    clock.advance(8000);
    expect(await rows()).toMatchObject([{ status_detail: outcome, duration_seconds: 6, billing_seconds: 0, recording: '' }]);
  });

  it('follows the plan that fits its number best', async () => {
    antbuddy.control.plan('09*', { outcome: 'BUSY' });
    antbuddy.control.plan('0912*', { outcome: 'IVR' });
    antbuddy.control.plan('0912345678', { outcome: 'ERROR' });
    for (const number of ['0912345678', '0912000000', '0999000000', '0281234567']) await client.dial(number, credentials);
    clock.advance(60_000);
    const outcomes = Object.fromEntries(
      (await rows()).map((row: { callee: { number: string }; status_detail: string }) => [row.callee.number, row.status_detail]),
    );
    expect(outcomes).toEqual({ '0912345678': 'ERROR', '0912000000': 'IVR', '0999000000': 'BUSY', '0281234567': 'SUCCESS' });
  });

  it('to a colleague is internal', async () => {
    await client.dial('quochuy102', credentials);
    clock.advance(60_000);
    const callee = { number: 'quochuy102', type: 'user', username: 'quochuy' };
    expect(await rows()).toMatchObject([{ caller: agent, callee, class: 'one_one', did_number: null, direction: 'from_ab' }]);
  });
});

describe('an incoming call', () => {
  it('rings the device and names the company number', async () => {
    antbuddy.control.incoming({ number: '0988111222', sipUser: 'mailan101' });
    clock.advance(60_000);
    const caller = { number: '0988111222', type: 'realnumber' };
    expect(await rows()).toMatchObject([
      { caller, callee: agent, class: 'trunking', did_number: '02873019555', direction: 'to_ab', status_detail: 'SUCCESS' },
    ]);
  });

  it('cannot ring a device that is offline', () => {
    antbuddy.control.putDevice({ sipUser: 'thutrang103', online: false });
    expect(() => antbuddy.control.incoming({ number: '0988111222', sipUser: 'thutrang103' })).toThrow(/not online/);
  });
});

describe('control of a call', () => {
  it.each([
    ['while ringing', 1000, 'CANCELLED', 0],
    ['while talking', 10_000, 'SUCCESS', 6],
  ])('hang up %s', async (_name, afterMs, status_detail, billing_seconds) => {
    const call = antbuddy.control.incoming({ number: '0988111222', sipUser: 'mailan101' });
    clock.advance(afterMs);
    expect([antbuddy.control.hangUp(call.id), antbuddy.control.hangUp(call.id)]).toEqual([true, false]);
    clock.advance(7000);
    expect(await rows()).toMatchObject([{ status_detail, billing_seconds }]);
  });

  it('answer, then talk until hung up', async () => {
    const call = antbuddy.control.incoming({ number: '0988111222', sipUser: 'mailan101', outcome: 'IVR' });
    expect([antbuddy.control.answer(call.id), antbuddy.control.answer(call.id)]).toEqual([true, false]);
    clock.advance(600_000);
    expect(antbuddy.control.calls()).toMatchObject([{ id: call.id, state: 'answered' }]);
    antbuddy.control.hangUp(call.id);
    clock.advance(2000);
    expect(await rows()).toMatchObject([{ status_detail: 'SUCCESS', billing_seconds: 600 }]);
  });

  it('answer where the device rings first: it is picked up, then the other end', async () => {
    antbuddy.control.plan('0912345678', { liftMs: 60_000, ringMs: 60_000 });
    await client.dial('0912345678', credentials);
    const [call] = antbuddy.control.calls();
    const at = call!.startedAt;
    antbuddy.control.answer(call!.id);
    expect(antbuddy.control.calls()).toMatchObject([{ state: 'ringing', liftedAt: at, answeredAt: null }]);
    clock.advance(5000);
    antbuddy.control.answer(call!.id);
    expect(antbuddy.control.calls()).toMatchObject([{ state: 'answered', liftedAt: at, answeredAt: at + 5000 }]);
  });

  it('reset forgets calls and what they would have left', async () => {
    await client.dial('0912345678', credentials);
    antbuddy.control.reset();
    clock.advance(100_000);
    expect([antbuddy.control.calls(), antbuddy.control.dials(), await rows()]).toEqual([[], [], []]);
  });
});
