import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Call, CallState } from '../../relay/contract.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { callJournalItem, type JournalEntry, toldCallsItem } from '../storage.ts';
import { createCallAsker } from './ask-call.ts';
import { createCallJournal } from './call-journal.ts';
import { createToldCalls } from './told-calls.ts';

beforeEach(() => fakeBrowser.reset());

const click = { key: 'a', number: '+84912345678', clickedAt: 1_000, surface: 'page' as const };
const entry: JournalEntry = { ...click, site: null, sentAt: 1_000, outcome: 'outcome_unknown' };
const call = (state: CallState): Reply<Call> =>
  succeed({ key: 'a', number: click.number, state, reason: null, createdAt: 1, settledAt: 2, sameAs: null });

it.each<[string, Reply<Call>, outcome: string, told: CallState]>([
  ['a call that was accepted after all', call('accepted'), 'accepted', 'accepted'],
  ['one that was not sent', call('not_sent'), 'not_sent', 'not_sent'],
  ['nothing while it is being placed', call('dispatching'), 'outcome_unknown', 'unknown'],
  ['nothing while the relay is away', fail('relay_unreachable'), 'outcome_unknown', 'unknown'],
  ['nothing of a call that the relay has not seen', fail('call_not_found'), 'outcome_unknown', 'unknown'],
])('writes down %s', async (_, reply, outcome, state) => {
  await callJournalItem.setValue([entry]);
  const told = createToldCalls({ pin: async () => async () => true, now: () => 2_000 });
  await told.note(click, fail('outcome_unknown'));
  const relay = async () => succeed({ getCall: async () => reply });
  const ask = createCallAsker({ relay, journal: createCallJournal(), told, now: () => 16_999 });
  expect(await ask('a')).toBe(reply);
  expect([(await callJournalItem.getValue())[0]?.outcome, (await toldCallsItem.getValue())[0]?.state]).toEqual([outcome, state]);
});

it.each<[string, outcome: JournalEntry['outcome'], now: number, code: string]>([
  ['came to nothing', null, 17_000, 'click_too_old'],
  ['came to nothing', 'outcome_unknown', 17_000, 'click_too_old'],
  ['may still come', null, 16_999, 'call_not_found'],
  ['may still come, by a clock that was set back', null, 0, 'call_not_found'],
  ['was settled before', 'relay_unreachable', 17_000, 'call_not_found'],
])('a click that the relay has not seen %s: %s at %d', async (_, outcome, now, code) => {
  await callJournalItem.setValue([{ ...entry, outcome }]);
  const told = createToldCalls({ pin: async () => async () => true, now: () => 2_000 });
  await told.note(click, fail('outcome_unknown'));
  const relay = async () => succeed({ getCall: async () => fail('call_not_found') });
  const ask = createCallAsker({ relay, journal: createCallJournal(), told, now: () => now });
  expect(await ask('a')).toMatchObject({ error: { code } });
  const isOver = code === 'click_too_old';
  expect((await callJournalItem.getValue())[0]?.outcome).toBe(isOver ? code : outcome);
  expect(await toldCallsItem.getValue()).toMatchObject([{ state: isOver ? 'not_sent' : 'unknown' }]);
});

it('gives the answer of the relay also where it cannot be written down', async () => {
  const broken = async () => Promise.reject(new Error('full'));
  const relay = async () => succeed({ getCall: async () => call('accepted') });
  const ask = createCallAsker({ relay, journal: { change: broken, find: broken }, told: { note: broken, settle: broken } });
  expect(await ask('a')).toEqual(call('accepted'));
});
