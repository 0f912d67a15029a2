import { expect, it } from 'vitest';
import type { LiveCall } from '../../relay/contract.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import type { LiveState, SeenCall } from '../storage.ts';
import { runLiveReader } from './live-reader.ts';
import { nothingLive } from './live-state.ts';

const RELAY = 'https://r.example';
const NOW = 1_780_000_000_000;
const call: LiveCall = {
  callId: 'a'.repeat(32),
  state: 'ringing',
  direction: 'inbound',
  peer: { number: '+84901234567', name: null },
  at: NOW,
  talkSeconds: null,
  cause: null,
};
const status = (live: boolean, more: object = {}) => `event: status\ndata: ${JSON.stringify({ live, ...more })}\n\n`;
const told = (one: object, id: string) => `id: ${id}\nevent: call\ndata: ${JSON.stringify(one)}\n\n`;
const stream = (text: string) => succeed(new Blob([text]).stream());

interface Run {
  answers: Reply<ReadableStream<Uint8Array>>[];
  kept?: Partial<LiveState>;
  relayUrl?: () => string | null;
  /** Whether the browser is still connected as the same agent. */
  isSame?: () => boolean;
  /** Changes the browser's state while the relay answers. */
  meanwhile?: (keep: (state: LiveState) => void) => void;
  relayNow?: () => number;
}
/** Runs the reader until the answers are used up. */
async function run({
  answers,
  kept = {},
  relayUrl = () => RELAY,
  isSame = () => true,
  meanwhile = () => {},
  relayNow = () => NOW,
}: Run) {
  const ending = new AbortController();
  let value: LiveState = { ...nothingLive, relayUrl: RELAY, ...kept };
  const links: string[] = [];
  const asked: string[] = [];
  const pauses: number[] = [];
  const heard: LiveCall[] = [];
  const lost: string[] = [];
  let beats = 0;
  let hopeless = 0;
  await runLiveReader(
    {
      open: async (lastId) => {
        asked.push(lastId);
        meanwhile((state) => {
          value = state;
          ending.abort();
        });
        return answers[asked.length - 1] ?? fail('relay_unreachable');
      },
      relayUrl: async () => relayUrl(),
      pin: async () => async () => isSame(),
      item: {
        getValue: async () => value,
        setValue: async (next) => {
          value = next;
          links.push(next.signals ? `${next.link}!` : next.link);
        },
      },
      relayNow: async () => relayNow(),
      onCall: (one) => heard.push(one),
      onLost: (calls) => lost.push(...calls.map(({ callId }) => callId)),
      onBeat: () => {
        beats += 1;
      },
      onHopeless: () => {
        hopeless += 1;
      },
      pause: async (ms) => {
        pauses.push(ms);
        if (asked.length >= answers.length) ending.abort();
      },
      random: () => 1,
    },
    ending.signal,
  );
  return { value, links, asked, pauses, heard, lost, beats, hopeless };
}

it('keeps what the stream tells, and says off when it ends', async () => {
  const { value, links, heard, beats } = await run({
    answers: [stream(`retry: 3000\n\n${status(true)}${told(call, 'x')}:\n\n`)],
  });
  expect(links).toEqual(['opening', 'open!', 'open!', 'waiting', 'off']);
  expect(value).toMatchObject({ lastId: 'x', calls: [{ callId: call.callId, startedAt: NOW }] });
  expect([heard, beats]).toEqual([[call], 3]);
});

it('begins five minutes back, and goes on where it broke off', async () => {
  const { asked } = await run({ answers: [stream(status(true)), stream(told(call, 'x')), stream('')] });
  expect(asked).toEqual([`${NOW - 290_000}-0`, `${NOW - 290_000}-0`, 'x']);
  expect((await run({ answers: [stream('')], kept: { lastId: 'y', heardAt: NOW - 1000 } })).asked).toEqual(['y']);
  expect(
    (await run({ answers: [stream('')], kept: { lastId: 'y', heardAt: NOW - 1000, relayUrl: 'https://other.example' } })).asked,
  ).toEqual([`${NOW - 290_000}-0`]);
});

it('waits longer each time while the relay is away, at most a minute, and begins anew once it is back', async () => {
  const away = Array.from({ length: 8 }, () => fail('relay_unreachable'));
  const { pauses, links } = await run({ answers: [...away, stream(status(false)), fail('relay_timeout')] });
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 1, 2].map((seconds) => seconds * 1000));
  expect(links).toEqual(['opening', ...away.map(() => 'waiting'), 'open', 'waiting', 'waiting', 'off']);
});

it.each(['unauthenticated', 'device_revoked', 'not_connected', 'relay_permission_missing'] as const)(
  'gives up when %s, and says that somebody has to mend it',
  async (code) => {
    const given = await run({ answers: [fail(code), stream('')] });
    expect(given).toMatchObject({ links: ['opening', 'off'], pauses: [], hopeless: 1 });
  },
);

it('leaves nothing of an agent who was disconnected meanwhile', async () => {
  const { value } = await run({ answers: [stream(told(call, 'x'))], isSame: () => false });
  expect(value).toEqual(nothingLive);
});

const talking: SeenCall = {
  callId: call.callId,
  direction: 'inbound',
  peer: call.peer,
  startedAt: NOW - 400_000,
  answeredAt: NOW - 390_000,
  endedAt: null,
  talkSeconds: null,
};
it.each([
  ['goes on with a call that it heard of until just now', NOW - 60_000, [talking], 'y'],
  ['knows nothing of a call whose end the relay no longer repeats', NOW - 300_000, [], `${NOW - 290_000}-0`],
  ['knows nothing of a call when nobody wrote down until when it was heard of', undefined, [], `${NOW - 290_000}-0`],
])('%s', async (_, heardAt, calls, lastId) => {
  const kept = { calls: [talking], lastId: 'y', heardAt };
  const { value, asked, lost } = await run({ answers: [stream(status(true))], kept });
  expect([value.calls, asked]).toEqual([calls, [lastId]]);
  expect(lost).toEqual(calls.length > 0 ? [] : [talking.callId]);
});

const over: SeenCall = { ...talking, callId: 'b'.repeat(32), endedAt: NOW - 1 };
it.each([
  ['that goes on', status(true, { going: [talking.callId] }), [talking, over], []],
  ['whose end the relay may have missed', status(true, { going: [] }), [over], [talking.callId]],
  ['while the relay itself is deaf', status(false), [talking, over], []],
  ['of a relay that does not say which go on', status(true), [talking, over], []],
])('of a call %s it keeps what is true', async (_, text, calls, gone) => {
  const { value, lost } = await run({ answers: [stream(text)], kept: { calls: [talking, over], heardAt: NOW - 1 } });
  expect([value.calls, lost]).toEqual([calls, gone]);
});

it('remembers that the relay will never hear signals, until it says otherwise', async () => {
  const never = status(false, { never: true });
  expect((await run({ answers: [stream(never)] })).value.neverAt).toBe(NOW);
  expect((await run({ answers: [stream(never + status(false))] })).value.neverAt).toBeUndefined();
});

it('writes down each minute until when it heard, for the worker after one that is killed', async () => {
  let at = NOW;
  const relayNow = () => {
    at += 10_000;
    return at;
  };
  const { links } = await run({ answers: [stream(status(true) + ':\n'.repeat(12))], relayNow });
  expect(links).toEqual(['opening', 'open!', 'open!', 'open!', 'waiting', 'off']);
});

it('says until when it heard of a call that goes on', async () => {
  const { value } = await run({ answers: [stream(`${told(call, 'x')}:\n\n`)] });
  expect(value).toMatchObject({ link: 'off', heardAt: NOW });
});

it('leaves nothing of an agent when another of the same relay was connected meanwhile', async () => {
  const { value, lost } = await run({
    answers: [stream('')],
    kept: { calls: [talking], heardAt: NOW },
    meanwhile: (keep) => keep(nothingLive),
  });
  expect([value, lost]).toEqual([nothingLive, [talking.callId]]);
});

it.each([
  ['what is no JSON', 'event: call\ndata: {\n\n'],
  ['another shape', told({ callId: 7 }, 'x')],
  ['an event of a newer relay', told(call, 'x').replace('call', 'other')],
])('passes over %s', async (_, text) => {
  expect(await run({ answers: [stream(text)] })).toMatchObject({ value: { calls: [] }, heard: [] });
});
