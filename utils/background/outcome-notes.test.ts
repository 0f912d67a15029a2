import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Note, NoteChange } from '../../relay/contract.ts';
import { type NoteDraft, noteDrafts } from '../note-drafts.ts';
import { type FailureCode, fail, type Reply, succeed } from '../reply.ts';
import { createOutcomeNotes } from './outcome-notes.ts';

const subject = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
const choice = { subject, number: '+84912345678', at: 5, outcome: 'reached' as const };
const none: Note = { text: '', outcome: null, version: 0, updatedAt: 0 };
const written: Note = { text: 'Hẹn báo giá', outcome: 'call_later', version: 3, updatedAt: 1 };
const draft: NoteDraft = {
  text: 'Đang viết ',
  outcome: null,
  agentId: 'a',
  call: { peer: { number: choice.number, name: null }, startedAt: 5 },
  version: 3,
  known: written,
  editedAt: 1_000,
};

beforeEach(() => fakeBrowser.reset());

/** A relay with this note; `meanwhile` is saved by another window before each request to save. */
function world(note: Note, { meanwhile = [] as Note[], failure = undefined as FailureCode | undefined, agentId = 'a' } = {}) {
  let kept = note;
  const saved: unknown[] = [];
  const choose = createOutcomeNotes({
    agentId: async () => agentId || null,
    get: async () => succeed(kept),
    async save(_, change: NoteChange, version: number): Promise<Reply<Note>> {
      kept = meanwhile.shift() ?? kept;
      if (failure) return fail(failure);
      if (version !== kept.version) return fail('version_conflict');
      kept = { ...change, version: version + 1, updatedAt: 9 };
      return succeed(kept);
    },
    onSaved: async (...given) => void saved.push(given),
    now: () => 500,
  });
  const now = async () => ({ kept, draft: (await noteDrafts.read())[subject], saved: saved.length });
  return { choose, now };
}

it.each<[string, Note, NoteDraft | undefined, Note['outcome'], Partial<Note>]>([
  ['to a call without a note', none, undefined, 'reached', { text: '', outcome: 'reached', version: 1 }],
  ['to a note, whose text stays', written, undefined, 'reached', { text: 'Hẹn báo giá', outcome: 'reached', version: 4 }],
  ['is taken back, and the text stays', written, undefined, null, { text: 'Hẹn báo giá', outcome: null, version: 4 }],
  ['to what is typed and not saved yet', written, draft, 'reached', { text: 'Đang viết', outcome: 'reached', version: 4 }],
  ['not to what another agent typed', written, { ...draft, agentId: 'b' }, 'reached', { text: 'Hẹn báo giá', version: 4 }],
])('an outcome is added %s', async (_, note, typed, outcome, expected) => {
  const { choose, now } = world(note);
  if (typed) await noteDrafts.keep(subject, typed);
  expect(await choose({ ...choice, outcome })).toEqual(succeed({ isSaved: true }));
  expect(await now()).toMatchObject({ kept: expected, saved: 1 });
  expect((await now()).draft).toBeUndefined();
});

const theirs = { ...written, text: 'Từ cửa sổ khác', version: 4 };

it('keeps the text that another window saves in the meantime', async () => {
  const { choose, now } = world(written, { meanwhile: [theirs] });
  expect(await choose(choice)).toEqual(succeed({ isSaved: true }));
  expect(await now()).toMatchObject({ kept: { text: 'Từ cửa sổ khác', outcome: 'reached', version: 5 }, draft: undefined });
});

it('gives up rather than race another window', async () => {
  const { choose, now } = world(written, { meanwhile: [theirs, { ...theirs, version: 5 }] });
  expect(await choose(choice)).toMatchObject(fail('version_conflict'));
  expect(await now()).toMatchObject({ kept: { version: 5 }, draft: undefined, saved: 0 });
});

it('overwrites neither of two texts, and leaves what is typed as it was', async () => {
  const { choose, now } = world(written, { meanwhile: [theirs] });
  await noteDrafts.keep(subject, draft);
  expect(await choose(choice)).toMatchObject(fail('version_conflict'));
  expect(await now()).toMatchObject({ kept: theirs, draft, saved: 0 });
});

it('is saved over the version that a view has just made of the same text', async () => {
  const { choose, now } = world(written, { meanwhile: [{ ...written, text: 'Đang viết', outcome: null, version: 4 }] });
  await noteDrafts.keep(subject, draft);
  expect(await choose(choice)).toEqual(succeed({ isSaved: true }));
  expect(await now()).toMatchObject({ kept: { text: 'Đang viết', outcome: 'reached', version: 5 }, saved: 1 });
  expect((await now()).draft).toBeUndefined();
});

it('puts no older text over what was typed during a save that was refused', async () => {
  const newer = { ...draft, text: 'Đang viết tiếp', editedAt: 2_000 };
  await noteDrafts.keep(subject, draft);
  const choose = createOutcomeNotes({
    agentId: async () => 'a',
    get: async () => succeed(written),
    async save() {
      await noteDrafts.keep(subject, newer);
      return fail('too_large');
    },
    onSaved: async () => {},
    now: () => 500,
  });
  expect(await choose(choice)).toMatchObject(fail('too_large'));
  expect((await noteDrafts.read())[subject]).toEqual(newer);
});

it.each<[FailureCode, NoteDraft | undefined, object, Partial<NoteDraft> | undefined]>([
  ['relay_unreachable', undefined, succeed({ isSaved: false }), { text: 'Hẹn báo giá', outcome: 'reached', version: 3 }],
  ['relay_timeout', draft, succeed({ isSaved: false }), { text: 'Đang viết ', outcome: 'reached', editedAt: 1_001 }],
  ['call_not_found', undefined, fail('call_not_found'), undefined],
  ['too_large', draft, fail('too_large'), draft],
])('after %s it waits for the relay, unless that never takes it: with a draft %o', async (failure, typed, reply, left) => {
  const { choose, now } = world(written, { failure });
  if (typed) await noteDrafts.keep(subject, typed);
  expect(await choose(choice)).toEqual(reply);
  const { draft: kept } = await now();
  if (left) expect(kept).toMatchObject(left);
  else expect(kept).toBeUndefined();
});

it('saves nothing where nobody is connected', async () => {
  const { choose, now } = world(written, { agentId: '' });
  expect(await choose(choice)).toMatchObject(fail('not_connected'));
  expect(await now()).toMatchObject({ kept: written, draft: undefined });
});
