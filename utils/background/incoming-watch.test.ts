import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { LiveCall, NumberFacts } from '../../relay/contract.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { agentSettingsItem, languageItem } from '../storage.ts';
import { createIncomingWatch } from './incoming-watch.ts';

const NOW = 1_780_000_000_000;
const ringing: LiveCall = {
  callId: 'a'.repeat(32),
  state: 'ringing',
  direction: 'inbound',
  peer: { number: '+84901234567', name: null },
  at: NOW,
  talkSeconds: null,
  cause: null,
};
const id = `incoming:${ringing.callId}`;
const facts = { number: '+84901234567', last: null, lastAnswered: null, note: null } as NumberFacts;

function setUp(getNumber: () => Promise<Reply<NumberFacts>> = async () => succeed(facts), wait = new Promise<void>(() => {})) {
  const done: string[] = [];
  const watch = createIncomingWatch({
    getNumber,
    relayNow: async () => NOW,
    notify: async ({ id: shown, message, button }) => void done.push(`show ${shown} ${message} ${button}`),
    change: async ({ id: changed, message, button }) => void done.push(`change ${changed} ${message} ${button}`),
    clear: async (cleared) => void done.push(`clear ${cleared}`),
    wait: () => wait,
  });
  return { watch, done };
}
beforeEach(async () => {
  fakeBrowser.reset();
  await languageItem.setValue('en');
  await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), notifyIncoming: true });
});

it('tells of a call that rings, and takes it back when it is answered or over', async () => {
  const { watch, done } = setUp();
  await watch.hear(ringing);
  await watch.hear({ ...ringing, state: 'answered' });
  await watch.hear({ ...ringing, state: 'ended' });
  expect(done).toEqual([`show ${id} No call with this number before null`, `clear ${id}`, `clear ${id}`]);
});

it('takes it back when nobody hears any more how the call goes', async () => {
  const { watch, done } = setUp();
  await watch.hear(ringing);
  await watch.lose([ringing, { callId: 'b'.repeat(32), direction: 'outbound' }]);
  expect(done).toEqual([expect.stringContaining(`show ${id}`), `clear ${id}`]);
});

it.each([
  ['an outgoing call', { direction: 'outbound' as const }],
  ['a ring that is long over', { at: NOW - 31_000 }],
])('tells nothing of %s', async (_, change) => {
  const { watch, done } = setUp();
  await watch.hear({ ...ringing, ...change });
  expect(done).toEqual([]);
});

it('tells nothing where the agent wants no word', async () => {
  await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), notifyIncoming: false });
  const { watch, done } = setUp();
  await watch.hear(ringing);
  expect(done).toEqual([]);
});

it('tells of the call all the same when nothing is known, with a button where there is a CRM', async () => {
  await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), crmSearch: 'https://c.example/?q={number}' });
  const { watch, done } = setUp(async () => fail('relay_unreachable'));
  await watch.hear(ringing);
  expect(done).toEqual([`show ${id}  Open in the CRM`]);
});

it.each(['anonymous', '0912***678', 'mailan'])('asks nobody about %s, and offers no search for it', async (number) => {
  await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), crmSearch: 'https://c.example/?q={number}' });
  let asked = 0;
  const { watch, done } = setUp(async () => {
    asked += 1;
    return succeed(facts);
  });
  await watch.hear({ ...ringing, peer: { number, name: null } });
  expect([asked, done]).toEqual([0, [`show ${id}  null`]]);
});

it('does not come after the end of the call', async () => {
  const known = Promise.withResolvers<Reply<NumberFacts>>();
  const { watch, done } = setUp(() => known.promise);
  const told = watch.hear(ringing);
  await watch.hear({ ...ringing, state: 'ended' });
  known.resolve(succeed(facts));
  await told;
  expect(done).toEqual([`clear ${id}`]);
});

it('does not wait for what is known of the caller longer than a ring allows', async () => {
  const known = Promise.withResolvers<Reply<NumberFacts>>();
  const { watch, done } = setUp(() => known.promise, Promise.resolve());
  const told = watch.hear(ringing);
  await vi.waitFor(() => expect(done).toEqual([`show ${id}  null`]));
  known.resolve(succeed(facts));
  await told;
  expect(done).toEqual([`show ${id}  null`, `change ${id} No call with this number before null`]);
});

it.each([
  ['is not told of again when it is over before more is known', succeed(facts)],
  ['is told of once when nothing more is known', fail('relay_unreachable')],
])('a call %s', async (_, reply) => {
  const known = Promise.withResolvers<Reply<NumberFacts>>();
  const { watch, done } = setUp(() => known.promise, Promise.resolve());
  const told = watch.hear(ringing);
  await vi.waitFor(() => expect(done).toEqual([`show ${id}  null`]));
  if (reply.ok) await watch.hear({ ...ringing, state: 'answered' });
  known.resolve(reply);
  await told;
  expect(done.filter((one) => !one.startsWith('clear'))).toEqual([`show ${id}  null`]);
});

it('says no more of a caller who is not to be named', async () => {
  await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), showCaller: false });
  const known = Promise.withResolvers<Reply<NumberFacts>>();
  const { watch, done } = setUp(() => known.promise, Promise.resolve());
  known.resolve(succeed(facts));
  await watch.hear(ringing);
  expect(done).toHaveLength(1);
});

it('is told of once, also when a stream that broke says again that it rings', async () => {
  const { watch, done } = setUp();
  await watch.hear(ringing);
  await watch.hear(ringing);
  expect(done).toHaveLength(1);
});

it('is taken back when it ended while the browser was showing it', async () => {
  const done: string[] = [];
  const watch = createIncomingWatch({
    getNumber: async () => fail('relay_unreachable'),
    relayNow: async () => NOW,
    notify: async () => {
      await watch.hear({ ...ringing, state: 'ended' });
      done.push('show');
    },
    clear: async () => void done.push('clear'),
  });
  await watch.hear(ringing);
  expect(done).toEqual(['clear', 'show', 'clear']);
});
