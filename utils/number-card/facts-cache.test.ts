import { expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { NumberFacts } from '../../relay/contract.ts';
import { fail, succeed } from '../reply.ts';
import { type KnownFacts, numberFactsItem } from '../storage.ts';
import { createFactsCache, forgetFacts } from './facts-cache.ts';

const NUMBER = '+84901234567';
const facts = (more: Partial<NumberFacts> = {}): NumberFacts => ({
  number: NUMBER,
  country: 'VN',
  class: 'mobile',
  refusal: null,
  week: { calls: 0, answered: 0 },
  last: null,
  lastAnswered: null,
  note: null,
  ...more,
});

function setUp(answer = succeed(facts()) as ReturnType<typeof succeed<NumberFacts>> | ReturnType<typeof fail>, isSame = true) {
  const state = {
    known: [] as KnownFacts[],
    now: 1_000_000,
    relayUrl: 'https://r.example',
    questions: 0,
    calledAt: 0,
    isSame: true,
  };
  const cache = createFactsCache({
    relayUrl: async () => state.relayUrl,
    pin: async () => async () => state.isSame,
    async ask() {
      state.questions += 1;
      state.isSame = isSame;
      return answer;
    },
    calledAt: async () => state.calledAt,
    item: {
      getValue: async () => state.known,
      setValue: async (next) => {
        state.known = next;
      },
    },
    now: () => state.now,
  });
  return { cache, state };
}

const refused = facts({ refusal: { code: 'do_not_call', message: '', overridable: false } });
it.each([
  { name: 'again at once', meanwhile: {}, questions: 1 },
  { name: 'within the minute', meanwhile: { now: 1_059_000 }, questions: 1 },
  { name: 'after a minute', meanwhile: { now: 1_060_000 }, questions: 2 },
  { name: 'after the clock was set back', meanwhile: { now: 940_000 }, questions: 2 },
  { name: 'after a call', meanwhile: { calledAt: 1_000_001 }, questions: 2 },
  { name: 'a minute after a call', meanwhile: { calledAt: 940_000 }, questions: 2 },
  { name: 'some minutes after a call', meanwhile: { calledAt: 800_000 }, questions: 1 },
  { name: 'from another relay', meanwhile: { relayUrl: 'https://s.example' }, questions: 2 },
  { name: 'after a failure', answer: fail('relay_unreachable'), meanwhile: {}, questions: 2 },
  { name: 'after a refusal', answer: succeed(refused), meanwhile: {}, questions: 2 },
])('$name', async ({ answer, meanwhile, questions }) => {
  const { cache, state } = setUp(answer);
  const first = await cache.get(NUMBER);
  Object.assign(state, meanwhile);
  expect([await cache.get(NUMBER), state.questions]).toEqual([first, questions]);
});

it('asks once for cards that open together', async () => {
  const { cache, state } = setUp();
  await Promise.all([cache.get(NUMBER), cache.get(NUMBER)]);
  expect(state.questions).toBe(1);
});

it('keeps nothing that arrives after another agent of the relay was connected', async () => {
  const { cache, state } = setUp(undefined, false);
  await cache.get(NUMBER);
  expect(state.known).toEqual([]);
});

it('neither tells nor keeps what the relay said before something was saved', async () => {
  fakeBrowser.reset();
  const answers = [Promise.withResolvers<NumberFacts>(), Promise.withResolvers<NumberFacts>()] as const;
  const questions = answers.map(({ promise }) => promise);
  const cache = createFactsCache({
    relayUrl: async () => 'https://r.example',
    pin: async () => async () => true,
    ask: async () => succeed(await (questions.shift() ?? Promise.reject(new Error('a third question')))),
    calledAt: async () => 0,
    now: () => 1_000_000,
  });
  const before = cache.get(NUMBER);
  await vi.waitFor(() => expect(questions).toHaveLength(1));
  await forgetFacts();
  const after = cache.get(NUMBER);
  await vi.waitFor(() => expect(questions).toHaveLength(0));
  const noted = facts({ note: { text: 'Hẹn báo giá', outcome: null, version: 1, updatedAt: 1 } });
  answers[1].resolve(noted);
  expect(await after).toEqual(succeed(noted));
  answers[0].resolve(facts());
  await before;
  expect(await cache.get(NUMBER)).toEqual(succeed(noted));
  await forgetFacts();
  expect(await numberFactsItem.getValue()).toEqual([]);
});
