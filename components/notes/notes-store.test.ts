import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Note, NoteChange } from '../../relay/contract.ts';
import type { NoteDraft, NoteDrafts } from '../../utils/note-drafts.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { fakeSend } from '../testing/fake-view.ts';
import { historyCall } from '../testing/samples.ts';
import { isUnsaved } from './note-state.ts';
import { notedCall } from './noted-call.ts';
import { createNotes } from './notes-store.ts';

const subject = '0'.repeat(32);
const call = notedCall(historyCall(0));
const note = (text: string, version: number, outcome: Note['outcome'] = null): Note => ({
  text,
  outcome,
  version,
  updatedAt: version,
});
const saved = (text: string, version: number, outcome: Note['outcome'] = null) => succeed(note(text, version, outcome));

/** Views of one browser: each has its own store, all share the browser's drafts. */
function browserOf(answers: Parameters<typeof fakeSend>[0], stored: Record<string, NoteDraft> = {}) {
  const { send, sent } = fakeSend(answers);
  const watchers = new Set<Parameters<NoteDrafts['watch']>[0]>();
  const drafts = {
    read: async () => stored,
    keep: async (subject: string, draft: NoteDraft) => {
      const before = stored[subject];
      stored = { ...stored, [subject]: draft };
      for (const tell of watchers) tell(subject, draft, before);
    },
    async drop(subject: string, editedAt: number) {
      const { [subject]: kept, ...others } = stored;
      if (!kept || kept.editedAt > editedAt) return;
      stored = others;
      for (const tell of watchers) tell(subject, null, kept);
    },
    watch(changed: Parameters<NoteDrafts['watch']>[0]) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
  const onSaved = vi.fn();
  const open = (agentId: () => string | null = () => 'lan') => createNotes({ send, drafts, agentId, onSaved, pauseMs: 1000 });
  return {
    open,
    onSaved,
    stored: () => stored,
    drafts,
    sentAs: (name: string) => sent.filter((one) => one.name === name).map(({ data }) => data),
  };
}
const pause = () => vi.advanceTimersByTimeAsync(1000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('createNotes', () => {
  it('saves what was typed once the typing pauses, and forgets the draft', async () => {
    const browser = browserOf({ saveNote: saved('call on Monday', 1, 'call_later') });
    const notes = browser.open();
    notes.open(subject, null, call);
    notes.edit(subject, { text: 'call on' });
    notes.edit(subject, { text: 'call on Monday ', outcome: 'call_later' });
    await vi.advanceTimersByTimeAsync(999);
    expect(browser.sentAs('saveNote')).toEqual([]);
    expect(browser.stored()[subject]).toMatchObject({ text: 'call on Monday ', outcome: 'call_later', agentId: 'lan' });
    await vi.advanceTimersByTimeAsync(1);
    expect(browser.sentAs('saveNote')).toEqual([
      { subject, version: 0, change: { text: 'call on Monday', outcome: 'call_later' } },
    ]);
    expect(notes.store.getState().notes[subject]).toMatchObject({
      phase: 'saved',
      version: 1,
      change: { text: 'call on Monday ' },
    });
    expect(browser.onSaved).toHaveBeenCalledWith(subject, note('call on Monday', 1, 'call_later'));
    expect(browser.stored()).toEqual({});
  });

  it('saves what was typed while it was saving, over the version it has just made', async () => {
    const late = Promise.withResolvers<Reply<Note>>();
    const browser = browserOf({ saveNote: [() => late.promise, saved('ab', 2)] });
    const notes = browser.open();
    notes.open(subject, null, call);
    notes.edit(subject, { text: 'a' });
    await pause();
    notes.edit(subject, { text: 'ab' });
    late.resolve(saved('a', 1));
    await pause();
    expect(browser.sentAs('saveNote')).toMatchObject([
      { version: 0, change: { text: 'a' } },
      { version: 1, change: { text: 'ab' } },
    ]);
    expect(browser.stored()).toEqual({});
  });

  it('takes up in the next view what the relay did not get from the one before', async () => {
    const browser = browserOf({ saveNote: [fail('relay_unreachable'), saved('kept', 4)], getNote: saved('kept', 4) });
    const first = browser.open();
    first.open(subject, note('before', 3), call);
    first.edit(subject, { text: 'kept' });
    await pause();
    expect(first.store.getState().notes[subject]).toMatchObject({ phase: 'failed', failure: { code: 'relay_unreachable' } });
    const second = browser.open();
    await second.resume();
    expect(second.store.getState().notes[subject]).toMatchObject({ phase: 'saved', version: 4, change: { text: 'kept' } });
    expect(browser.sentAs('saveNote')).toHaveLength(2);
    expect(browser.stored()).toEqual({});
  });

  it.each([
    ['in this view', false],
    ['in one that was closed', true],
  ])('saves what was typed before the agent was known %s', async (_, isClosed) => {
    const browser = browserOf({ saveNote: saved('early', 1) });
    let agent: string | null = null;
    const notes = browser.open(() => agent);
    notes.open(subject, null, call);
    notes.edit(subject, { text: 'early' });
    await pause();
    expect([browser.sentAs('saveNote'), browser.stored()[subject]?.agentId]).toEqual([[], '']);
    if (isClosed) notes.stop();
    agent = 'lan';
    await (isClosed ? browser.open() : notes).resume();
    expect(browser.sentAs('saveNote')).toMatchObject([{ subject, change: { text: 'early' } }]);
    expect(browser.stored()).toEqual({});
  });

  it('saves no draft of another agent', async () => {
    const known = { text: '', outcome: null };
    const browser = browserOf(
      {},
      { [subject]: { agentId: 'lan', call, text: 'x', outcome: null, version: 0, known, editedAt: 1 } },
    );
    await browser.open(() => 'minh').resume();
    expect(browser.sentAs('saveNote')).toEqual([]);
    expect(browser.stored()).toHaveProperty(subject);
  });

  it.each([
    ['keeps mine, knowing theirs', 'mine'],
    ['takes theirs', 'theirs'],
  ])('shows both when another window saved meanwhile, and %s', async (_, chosen) => {
    const browser = browserOf({ saveNote: [fail('version_conflict'), saved('mine', 3)], getNote: saved('theirs', 2) });
    const notes = browser.open();
    notes.open(subject, note('before', 1), call);
    notes.edit(subject, { text: 'mine' });
    await pause();
    expect(notes.store.getState().notes[subject]).toMatchObject({
      phase: 'conflict',
      change: { text: 'mine' },
      theirs: { text: 'theirs' },
    });
    // Typing and closing the note do not resolve the conflict.
    notes.edit(subject, { text: 'mine' });
    await notes.save(subject);
    await pause();
    expect(browser.sentAs('saveNote')).toHaveLength(1);
    if (chosen === 'mine') await notes.keepMine(subject);
    else notes.discard(subject);
    await pause();
    expect(notes.store.getState().notes[subject]).toMatchObject({ change: { text: chosen }, theirs: null });
    expect(browser.sentAs('saveNote')).toHaveLength(chosen === 'mine' ? 2 : 1);
    if (chosen === 'mine') expect(browser.sentAs('saveNote')[1]).toMatchObject({ version: 2 });
    expect(browser.stored()).toEqual({});
  });

  it('does not write over a conflict what was typed before that was known', async () => {
    const theirs = Promise.withResolvers<Reply<Note>>();
    const browser = browserOf({ saveNote: fail('version_conflict'), getNote: () => theirs.promise });
    const notes = browser.open();
    notes.open(subject, note('before', 1), call);
    notes.edit(subject, { text: 'mine' });
    await pause();
    notes.edit(subject, { text: 'mine, on' });
    theirs.resolve(saved('theirs', 2));
    await pause();
    expect(notes.store.getState().notes[subject]).toMatchObject({ phase: 'conflict', theirs: { text: 'theirs' } });
    expect(browser.sentAs('saveNote')).toHaveLength(1);
  });

  it('keeps mine knowing theirs also where the background has to save it', async () => {
    const browser = browserOf({
      saveNote: [fail('version_conflict'), fail('relay_unreachable')],
      getNote: saved('theirs', 2),
    });
    const notes = browser.open();
    notes.open(subject, note('before', 1), call);
    notes.edit(subject, { text: 'mine' });
    await pause();
    await notes.keepMine(subject);
    expect(browser.stored()[subject]).toMatchObject({ text: 'mine', version: 2, known: { text: 'theirs' } });
  });

  it.each([
    ['saved', saved('a', 1), 1],
    ['not saved', fail('relay_timeout'), 0],
  ])('saves one after the other: the second once the first was %s', async (_, first, version) => {
    const late = Promise.withResolvers<Reply<Note>>();
    const browser = browserOf({ saveNote: [() => late.promise, saved('ab', 2)] });
    const notes = browser.open();
    notes.open(subject, null, call);
    notes.edit(subject, { text: 'a' });
    await pause();
    notes.edit(subject, { text: 'ab' });
    await pause();
    await notes.save(subject);
    expect(browser.sentAs('saveNote')).toHaveLength(1);
    late.resolve(first);
    await pause();
    expect(browser.sentAs('saveNote')).toMatchObject([{ version: 0 }, { version, change: { text: 'ab' } }]);
    expect(notes.store.getState().notes[subject]).toMatchObject({ phase: 'saved', failure: null });
  });

  it('asks nothing when both windows wrote the same', async () => {
    const browser = browserOf({ saveNote: fail('version_conflict'), getNote: saved('same', 2) });
    const notes = browser.open();
    notes.open(subject, null, call);
    notes.edit(subject, { text: 'same' });
    await pause();
    expect(notes.store.getState().notes[subject]).toMatchObject({ phase: 'saved', version: 2, theirs: null });
  });

  it.each([
    ['a newer note of the list', note('before', 1), note('newer', 2), 'newer'],
    ['no older one', note('before', 2), note('older', 1), 'before'],
    ['a note that was removed', note('before', 1), null, ''],
  ])('takes in %s', (_, before, after, text) => {
    const notes = browserOf({}).open();
    notes.open(subject, before, call);
    notes.open(subject, after, call);
    expect(notes.store.getState().notes[subject]?.change.text).toBe(text);
  });

  it.each([
    ['what another window saved after it', note('here', 6), note('newer', 7), 'newer'],
    ['nothing older', note('here', 6), note('before', 5), 'here'],
    ['nothing that does not know it yet', note('here', 6), null, 'here'],
    ['nothing older than its removal', { ...note('', 0), updatedAt: 6 }, note('before', 5), ''],
  ])('once it saved a note takes in, by the relay’s clock and not this one, %s', async (_, here, after, text) => {
    const notes = browserOf({ saveNote: succeed(here) }).open();
    notes.open(subject, note('before', 5), call);
    notes.edit(subject, { text: here.text });
    await pause();
    notes.open(subject, after, call);
    expect(notes.store.getState().notes[subject]).toMatchObject({ change: { text } });
  });

  it('tells when a note was typed by this computer’s clock, also where the relay’s is ahead', () => {
    const browser = browserOf({});
    const notes = browser.open();
    notes.open(subject, { ...note('before', 1), updatedAt: Date.now() + 3_600_000 }, call);
    notes.edit(subject, { text: 'x' });
    expect(browser.stored()[subject]?.editedAt).toBe(Date.now());
  });

  it('lets no answer of the list take away what is being typed', () => {
    const notes = browserOf({}).open();
    notes.open(subject, note('before', 1), call);
    notes.edit(subject, { text: 'before and' });
    notes.open(subject, note('newer', 2), call);
    expect(notes.store.getState().notes[subject]?.change.text).toBe('before and');
  });

  it('sends what waits when its view goes away', async () => {
    const browser = browserOf({ saveNote: saved('last words', 1) });
    const notes = browser.open();
    notes.open(subject, null, call);
    notes.edit(subject, { text: 'last words' });
    notes.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(browser.sentAs('saveNote')).toHaveLength(1);
  });

  it.each([
    ['saved', saved('mine', 1)],
    ['in conflict', fail('version_conflict')],
    ['not saved', fail('relay_unreachable')],
  ])('of an agent who left tells the next nothing, also when it was %s meanwhile', async (_, answer) => {
    const late = Promise.withResolvers<Reply<Note>>();
    const browser = browserOf({ saveNote: [() => late.promise], getNote: saved('theirs', 1) });
    const notes = browser.open();
    notes.open(subject, null, call);
    notes.edit(subject, { text: 'mine' });
    await pause();
    notes.edit(subject, { text: 'mine, on' });
    notes.forget();
    expect(notes.store.getState().notes).toEqual({});
    notes.open(subject, null, call);
    late.resolve(answer);
    await pause();
    expect(notes.store.getState().notes[subject]).toMatchObject({ phase: 'clean', version: 0, change: { text: '' } });
    expect(browser.sentAs('saveNote')).toHaveLength(1);
    expect(browser.onSaved).not.toHaveBeenCalled();
  });

  it('learns that the background saved what it could not', async () => {
    const browser = browserOf({ saveNote: fail('relay_unreachable'), getNote: saved('kept', 4) });
    const notes = browser.open();
    notes.open(subject, note('before', 3), call);
    notes.edit(subject, { text: 'kept' });
    await pause();
    expect(isUnsaved(notes.store.getState().notes[subject])).toBe(true);
    await browser.drafts.drop(subject, Number.POSITIVE_INFINITY);
    await pause();
    expect(notes.store.getState().notes[subject]).toMatchObject({ phase: 'saved', version: 4 });
    expect(isUnsaved(notes.store.getState().notes[subject])).toBe(false);
    expect(browser.onSaved).toHaveBeenCalledWith(subject, note('kept', 4));
  });

  it('takes its own earlier words for no conflict, and saves over them', async () => {
    const browser = browserOf({
      saveNote: [fail('relay_timeout'), fail('version_conflict'), saved('ab', 5)],
      getNote: saved('a', 4),
    });
    const notes = browser.open();
    notes.open(subject, note('before', 3), call);
    notes.edit(subject, { text: 'a' });
    await pause();
    notes.edit(subject, { text: 'ab' });
    await pause();
    expect(notes.store.getState().notes[subject]).toMatchObject({ phase: 'saved', version: 5, change: { text: 'ab' } });
    expect(browser.sentAs('saveNote')).toMatchObject([{ version: 3 }, { version: 3 }, { version: 4, change: { text: 'ab' } }]);
  });

  it('follows what another view types, up to its last word', async () => {
    const browser = browserOf({ saveNote: saved('kept for Monday', 1), getNote: saved('kept for Monday', 1) });
    const [first, second] = [browser.open(), browser.open()];
    first.open(subject, null, call);
    for (const text of ['k', 'kept', 'kept for Monday']) {
      first.edit(subject, { text });
      expect(second.store.getState().notes[subject]?.change.text).toBe(text);
    }
    await pause();
    expect(second.store.getState().notes[subject]).toMatchObject({ phase: 'saved', version: 1 });
    expect(isUnsaved(second.store.getState().notes[subject])).toBe(false);
    expect(browser.sentAs('saveNote')).toHaveLength(1);
  });

  it('gives up with another view what that one typed and took back', async () => {
    const theirs = saved('theirs', 2);
    const browser = browserOf({ saveNote: fail('version_conflict'), getNote: theirs });
    const [first, second] = [browser.open(), browser.open()];
    first.open(subject, note('before', 1), call);
    first.edit(subject, { text: 'mine' });
    await pause();
    first.discard(subject);
    await pause();
    for (const view of [first, second]) {
      const state = view.store.getState().notes[subject];
      expect([state?.change.text, state?.version, isUnsaved(state)]).toEqual(['theirs', 2, false]);
    }
  });

  it.each([
    ['removed', { ...note('', 0), updatedAt: 0 }, null],
    ['rewrote', note('theirs', 8), note('theirs', 8)],
  ])('learns of a note it saved that another view %s it', async (_, theirs, told) => {
    const browser = browserOf({ saveNote: [saved('mine', 7), succeed(theirs)], getNote: succeed(theirs) });
    const first = browser.open();
    first.open(subject, null, call);
    first.edit(subject, { text: 'mine' });
    await pause();
    expect(browser.sentAs('getNote')).toEqual([]);
    const second = browser.open();
    second.open(subject, note('mine', 7), call);
    vi.advanceTimersByTime(1);
    second.edit(subject, { text: theirs.text });
    await pause();
    const { change, version } = first.store.getState().notes[subject]!;
    expect([change.text, version]).toEqual([theirs.text, theirs.version]);
    expect(browser.onSaved).toHaveBeenLastCalledWith(subject, told);
  });

  it('takes no older answer about a note that it saved again meanwhile', async () => {
    const late = Promise.withResolvers<Reply<Note>>();
    const browser = browserOf({
      saveNote: [saved('mine', 1), saved('theirs', 2), saved('mine again', 3)],
      getNote: () => late.promise,
    });
    const first = browser.open();
    first.open(subject, null, call);
    first.edit(subject, { text: 'mine' });
    await pause();
    const second = browser.open();
    second.open(subject, note('mine', 1), call);
    vi.advanceTimersByTime(1);
    second.edit(subject, { text: 'theirs' });
    await pause();
    first.edit(subject, { text: 'mine again' });
    await pause();
    late.resolve(saved('theirs', 2));
    await pause();
    expect(first.store.getState().notes[subject]).toMatchObject({ change: { text: 'mine again' }, version: 3 });
  });

  it.each([
    ['as it was', [], 0],
    ['also what is typed on meanwhile', ['hẹn báo giá lại'], 1],
  ])('takes over the outcome pressed on a page and keeps the text typed here, %s', async (_, typedOn, saves) => {
    let kept = note('', 0);
    const browser = browserOf({
      getNote: () => succeed(kept),
      saveNote: (data) => {
        const { change, version } = data as { change: NoteChange; version: number };
        if (version !== kept.version) return fail('version_conflict');
        kept = { ...change, version: version + 1, updatedAt: version + 1 };
        return succeed(kept);
      },
    });
    const notes = browser.open();
    notes.open(subject, null, call);
    notes.edit(subject, { text: 'hẹn báo giá' });
    // As the background does it, with what was kept of the text.
    const draft = browser.stored()[subject]!;
    const editedAt = draft.editedAt + 1;
    await browser.drafts.keep(subject, { ...draft, outcome: 'reached', editedAt, chosen: true });
    for (const text of typedOn) notes.edit(subject, { text });
    kept = note('hẹn báo giá', 1, 'reached');
    await browser.drafts.drop(subject, editedAt);
    await pause();
    await pause();
    expect(kept).toMatchObject({ text: typedOn.at(-1) ?? 'hẹn báo giá', outcome: 'reached', version: 1 + saves });
    expect(notes.store.getState().notes[subject]).toMatchObject({ phase: 'saved', theirs: null, change: { outcome: 'reached' } });
    expect(browser.stored()).toEqual({});
  });

  it('asks nothing where an outcome pressed on a page was saved before the text that was on its way', async () => {
    const late = Promise.withResolvers<Reply<Note>>();
    const browser = browserOf({ saveNote: [() => late.promise], getNote: saved('báo giá', 1, 'reached') });
    const notes = browser.open();
    notes.open(subject, null, call);
    notes.edit(subject, { text: 'báo giá' });
    await pause();
    const draft = browser.stored()[subject]!;
    await browser.drafts.keep(subject, { ...draft, outcome: 'reached', editedAt: draft.editedAt + 1, chosen: true });
    late.resolve(fail('version_conflict'));
    await pause();
    expect(notes.store.getState().notes[subject]).toMatchObject({ phase: 'saved', theirs: null, change: { outcome: 'reached' } });
    expect(browser.sentAs('saveNote')).toHaveLength(1);
  });

  it('keeps what is typed here while another view types too', async () => {
    const browser = browserOf({});
    const [first, second] = [browser.open(), browser.open()];
    first.open(subject, null, call);
    first.edit(subject, { text: 'theirs' });
    second.edit(subject, { text: 'mine' });
    first.edit(subject, { text: 'theirs, on' });
    expect(second.store.getState().notes[subject]?.change.text).toBe('mine');
    expect(first.store.getState().notes[subject]?.change.text).toBe('theirs, on');
  });

  it('shows what another view typed and could not save, and leaves it to that one', async () => {
    const browser = browserOf({ saveNote: fail('relay_unreachable') });
    const [first, second] = [browser.open(), browser.open()];
    first.open(subject, null, call);
    first.edit(subject, { text: 'kept' });
    await pause();
    expect(isUnsaved(second.store.getState().notes[subject])).toBe(true);
    expect(browser.sentAs('saveNote')).toHaveLength(1);
    second.stop();
    first.stop();
  });
});

it('leaves what the relay never takes to the agent, also in a view that opens later, until it is typed on', async () => {
  const browser = browserOf({ saveNote: [fail('call_not_found'), saved('else', 1)] });
  const first = browser.open();
  first.open(subject, null, call);
  first.edit(subject, { text: 'kept' });
  await pause();
  expect(first.store.getState().notes[subject]).toMatchObject({ phase: 'failed', failure: { code: 'call_not_found' } });
  first.stop();
  const second = browser.open();
  await second.resume();
  const taken = { phase: 'failed', failure: { code: 'call_not_found' }, change: { text: 'kept' } };
  expect(second.store.getState().notes[subject]).toMatchObject(taken);
  expect(browser.sentAs('saveNote')).toHaveLength(1);
  second.edit(subject, { text: 'else' });
  await pause();
  expect(second.store.getState().notes[subject]).toMatchObject({ phase: 'saved', version: 1 });
  expect(browser.stored()).toEqual({});
});

it.each([
  ['what the relay has', note('before', 3)],
  ['nothing where the relay has nothing', null],
])('gives up what the relay never takes for %s', async (_, before) => {
  const browser = browserOf({ saveNote: fail('call_not_found') });
  const notes = browser.open();
  notes.open(subject, before, call);
  notes.edit(subject, { text: 'kept' });
  await pause();
  expect(browser.stored()[subject]).toMatchObject({ text: 'kept', call });
  notes.discard(subject);
  await pause();
  const { phase, change, version } = notes.store.getState().notes[subject]!;
  expect([phase, change.text, version]).toEqual(['clean', before?.text ?? '', before?.version ?? 0]);
  expect([browser.stored(), browser.sentAs('saveNote').length]).toEqual([{}, 1]);
});

it.each([
  ['shows it too', (browser: ReturnType<typeof browserOf>) => browser.open()],
  [
    'typed it',
    (browser: ReturnType<typeof browserOf>) => {
      const view = browser.open();
      view.open(subject, note('before', 3), call);
      view.edit(subject, { text: 'kept' });
      return view;
    },
  ],
])('gives up what the relay never takes also in the other view, which %s', async (_, openOther) => {
  const browser = browserOf({ saveNote: fail('call_not_found'), getNote: fail('call_not_found') });
  const other = openOther(browser);
  await pause();
  const draft = browser.stored()[subject] ?? null;
  const first = browser.open();
  if (!draft) {
    first.open(subject, note('before', 3), call);
    first.edit(subject, { text: 'kept' });
    await pause();
  } else await first.resume();
  for (const view of [first, other])
    expect(view.store.getState().notes[subject]).toMatchObject({ phase: 'failed', change: { text: 'kept' } });
  first.discard(subject);
  await pause();
  expect(other.store.getState().notes[subject]).toMatchObject({
    phase: 'clean',
    change: { text: 'before' },
    version: 3,
    failure: null,
  });
  expect([browser.stored(), browser.sentAs('saveNote').length]).toEqual([{}, 1]);
});

it('keeps words of its own that the relay never takes, though another view drops a draft', async () => {
  const browser = browserOf({ saveNote: fail('call_not_found'), getNote: fail('call_not_found') });
  const [view, other] = [browser.open(), browser.open()];
  for (const one of [view, other]) one.open(subject, note('before', 3), call);
  view.edit(subject, { text: 'long words' });
  await pause();
  other.edit(subject, { text: 'a letter' });
  other.edit(subject, { text: 'before' });
  await pause();
  expect(browser.stored()).toEqual({});
  expect(view.store.getState().notes[subject]).toMatchObject({ phase: 'failed', change: { text: 'long words' } });
});

it('saves again what the relay could not take, and leaves what it never will', async () => {
  const browser = browserOf({ saveNote: [fail('relay_unreachable'), fail('call_not_found'), saved('one', 1)] });
  const notes = browser.open();
  for (const [key, text] of [
    ['a', 'one'],
    ['b', 'two'],
  ] as const) {
    notes.open(key, null, call);
    notes.edit(key, { text });
    await notes.save(key);
  }
  notes.retry();
  await vi.advanceTimersByTimeAsync(0);
  const { a, b } = notes.store.getState().notes;
  expect([a?.phase, b?.phase, browser.sentAs('saveNote').length]).toEqual(['saved', 'failed', 3]);
});
