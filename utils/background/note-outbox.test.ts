import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Note } from '../../relay/contract.ts';
import { type NoteDraft, noteDrafts } from '../note-drafts.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { createKeptDrafts } from './kept-drafts.ts';
import { createNoteOutbox } from './note-outbox.ts';

const minute = 60_000;
const start = 1_000 * minute;
const draft = (text: string, editedAt = start, more: Partial<NoteDraft> = {}): NoteDraft => ({
  agentId: 'lan',
  call: { peer: { number: '+84912345678', name: null }, startedAt: 1 },
  text,
  outcome: null,
  version: 1,
  known: { text: '', outcome: null },
  editedAt,
  ...more,
});
const saved = (text: string): Reply<Note> => succeed({ text, outcome: null, version: 2, updatedAt: 1 });

let databases = 0;
/** A browser whose background and session can end, while its persistent storage remains. */
function browserOf(answers: { save?: (Reply<Note> | Promise<Reply<Note>>)[]; get?: Reply<Note>; agentId?: string | null }) {
  databases += 1;
  const kept = createKeptDrafts(`notes-${databases}`);
  const state = { now: start, minutes: undefined as number | null | undefined, sent: [] as string[], told: [] as string[] };
  const { save = [], get = fail('relay_unreachable'), agentId = 'lan' } = answers;
  const background = () => {
    const outbox = createNoteOutbox({
      kept,
      async save(_, { text }, version) {
        state.sent.push(`${text} over ${version}`);
        return (save.length > 1 ? save.shift() : save[0]) ?? fail('relay_unreachable');
      },
      get: async () => get,
      onSaved: async (subject, { text }) => void state.told.push(`${subject} ${text}`),
      agentId: async () => agentId,
      schedule: async (minutes) => {
        state.minutes = minutes;
      },
      now: () => state.now,
    });
    const unwatch = noteDrafts.watch((subject, change) => void outbox.follow(subject, change));
    return { ...outbox, unwatch };
  };
  return { state, kept, background };
}

beforeEach(() => fakeBrowser.reset());

describe('a note that waits', () => {
  it('is tried again after as long again as it has waited, a quarter of an hour at most, until it is saved', async () => {
    const { state, background } = browserOf({ save: [...Array(4).fill(fail('relay_unreachable')), saved('x')] });
    const outbox = background();
    await outbox.restore();
    await noteDrafts.keep('a', draft('x '));
    await outbox.wait();
    const waits = [];
    for (let turn = 0; turn < 5; turn += 1) {
      waits.push(state.minutes);
      state.now += turn === 3 ? 60 * minute : (state.minutes ?? 0) * minute;
      await outbox.retry();
    }
    expect(waits).toEqual([0.5, 0.5, 1, 2, 15]);
    expect(state).toMatchObject({ minutes: null, told: ['a x'], sent: Array(5).fill('x over 1') });
    expect(await noteDrafts.read()).toEqual({});
    outbox.unwatch();
  });

  it.each([
    ['is saved already, by an answer that was lost', { save: [fail('version_conflict')], get: saved('x') }, null, 0],
    ['meets another note', { save: [fail('version_conflict')], get: saved('y') }, null, 1],
    ['meets a note that cannot be read', { save: [fail('version_conflict')] }, 2, 1],
    ['the relay will never take', { save: [fail('bad_request')] }, null, 1],
    ['is on a call that the relay never got', { save: [fail('call_not_found')] }, null, 1],
    ['waits for a store that is full', { save: [fail('store_failed')] }, 2, 1],
    ['is another agent’s', { agentId: 'minh' }, null, 1],
    ['is nobody’s any more', { agentId: null }, null, 1],
  ])('which %s', async (_, answers, minutes, left) => {
    const { state, background } = browserOf(answers);
    const outbox = background();
    await outbox.restore();
    await noteDrafts.keep('a', draft('x'));
    state.now += 2 * minute;
    await outbox.retry();
    expect([state.minutes, Object.keys(await noteDrafts.read()).length]).toEqual([minutes, left]);
    outbox.unwatch();
  });

  it('is tried again when the background was killed in the middle of it', async () => {
    const { state, background } = browserOf({ save: [new Promise(() => {})] });
    const killed = background();
    await killed.restore();
    await noteDrafts.keep('a', draft('x'));
    state.now += minute;
    void killed.retry();
    await vi.waitFor(() => expect(state.sent).toHaveLength(1));
    expect(state.minutes).toBe(15);
    killed.unwatch();
  });

  it('reaches the disk, and is tried soon, while another waits for the relay', async () => {
    const { promise, resolve } = Promise.withResolvers<Reply<Note>>();
    const { state, kept, background } = browserOf({ save: [promise] });
    const outbox = background();
    await outbox.restore();
    await noteDrafts.keep('a', draft('x'));
    state.now += minute;
    const retried = outbox.retry();
    await vi.waitFor(() => expect(state.sent).toHaveLength(1));
    await noteDrafts.keep('b', draft('y', state.now));
    await vi.waitFor(async () => expect(await kept.all()).toMatchObject({ b: { text: 'y' } }));
    resolve(saved('x'));
    await retried;
    expect(state).toMatchObject({ told: ['a x'], minutes: 0.5 });
    outbox.unwatch();
  });

  it('is tried although the disk takes no copy of it', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { state, kept, background } = browserOf({ save: [saved('x')] });
    const outbox = background();
    await outbox.restore();
    vi.spyOn(kept, 'put').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    await noteDrafts.keep('a', draft('x'));
    await vi.waitFor(() => expect(state.minutes).toBe(0.5));
    outbox.unwatch();
  });

  it('is tried though its view closed before it could save it', async () => {
    const { state, background } = browserOf({ save: [saved('x')] });
    const outbox = background();
    await outbox.restore();
    await noteDrafts.keep('a', draft('x'));
    await vi.waitFor(() => expect(state.minutes).toBe(0.5));
    state.now += minute;
    await outbox.retry();
    expect(state).toMatchObject({ sent: ['x over 1'], minutes: null });
    outbox.unwatch();
  });

  it('is tried, and after as long again, though the clock was set back since it was typed', async () => {
    const { state, background } = browserOf({ save: [fail('relay_unreachable'), saved('x')] });
    const outbox = background();
    await outbox.restore();
    await noteDrafts.keep('a', draft('x'));
    state.now -= 10 * minute;
    await outbox.retry();
    expect(state).toMatchObject({ sent: ['x over 1'], minutes: 10 });
    await outbox.retry();
    expect(state).toMatchObject({ told: ['a x'], minutes: null });
    outbox.unwatch();
  });

  it('is sent by nobody, in this session of the browser or the next, once a view knows that the relay never takes it', async () => {
    const { state, background } = browserOf({ save: [saved('x')] });
    const refused = draft('x', start, { failure: fail('call_not_found').error });
    const first = background();
    await first.restore();
    await first.follow('a', refused);
    expect(state.minutes).toBe(null);
    first.unwatch();
    fakeBrowser.reset();
    const second = background();
    await second.restore();
    state.now += minute;
    await second.retry();
    expect(state).toMatchObject({ sent: [], minutes: null });
    expect(await noteDrafts.read()).toEqual({ a: refused });
    second.unwatch();
  });

  it('is left to the view while it is being typed', async () => {
    const { state, background } = browserOf({ save: [saved('x')] });
    const outbox = background();
    await outbox.restore();
    await noteDrafts.keep('a', draft('x', start - 4_000));
    await outbox.retry();
    expect(state).toMatchObject({ sent: [], minutes: 0.5 });
    outbox.unwatch();
  });
});

describe('the copies', () => {
  it('outlive the browser, and are saved when it is back', async () => {
    const { state, background, kept } = browserOf({ save: [fail('relay_unreachable'), saved('x')] });
    const first = background();
    await first.restore();
    await noteDrafts.keep('a', draft('x'));
    await first.follow('a', draft('x'));
    first.unwatch();
    fakeBrowser.reset();
    state.now += 10 * minute;
    const second = background();
    await second.restore();
    expect(await noteDrafts.read()).toEqual({ a: draft('x') });
    await second.retry();
    await second.wait();
    expect([await noteDrafts.read(), await kept.all(), state.told]).toEqual([{}, {}, ['a x']]);
    second.unwatch();
  });

  it('follow what happened while the background was ended', async () => {
    const { background, kept } = browserOf({});
    const first = background();
    await first.restore();
    await noteDrafts.keep('saved', draft('x'));
    await first.follow('saved', draft('x'));
    first.unwatch();
    await noteDrafts.drop('saved', start);
    await noteDrafts.keep('typed', draft('y'));
    const second = background();
    await second.restore();
    expect(await kept.all()).toEqual({ typed: draft('y') });
    second.unwatch();
  });

  it('hold the newest three hundred', async () => {
    const kept = createKeptDrafts('notes-many');
    for (let turn = 0; turn <= 300; turn += 1) await kept.put(`n${turn}`, draft('x', turn));
    expect([Object.keys(await kept.all()).length, (await kept.all()).n0]).toEqual([300, undefined]);
  });
});
