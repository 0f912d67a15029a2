import * as v from 'valibot';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { NoteChangeSchema } from '../relay/contract.ts';
import { mostNoteLength, noteDrafts } from './note-drafts.ts';

const draft = (text: string, editedAt: number) => ({
  agentId: 'lan',
  call: { peer: { number: '+84912345678', name: null }, startedAt: 1 },
  text,
  outcome: null,
  version: 1,
  known: { text: '', outcome: null },
  editedAt,
});
beforeEach(() => fakeBrowser.reset());

it('a note is as long as the relay takes', () => {
  const isTaken = (length: number) => v.is(NoteChangeSchema, { text: 'x'.repeat(length), outcome: null });
  expect([isTaken(mostNoteLength), isTaken(mostNoteLength + 1)]).toEqual([true, false]);
});

describe('noteDrafts', () => {
  it('asks the browser to store a draft before anything else happens', () => {
    const set = vi.spyOn(fakeBrowser.storage.session, 'set');
    void noteDrafts.keep('a', draft('x', 1));
    expect(set).toHaveBeenCalledWith({ 'noteDraft:a': draft('x', 1) });
  });

  it('gives back all drafts, and nothing else that is stored', async () => {
    await fakeBrowser.storage.session.set({ other: 1 });
    await noteDrafts.keep('a', draft('x', 1));
    await noteDrafts.keep('b', draft('y', 2));
    expect(await noteDrafts.read()).toEqual({ a: draft('x', 1), b: draft('y', 2) });
  });

  it('forgets what was saved, and keeps what was typed on meanwhile', async () => {
    await noteDrafts.keep('a', draft('x', 5));
    await noteDrafts.drop('a', 4);
    expect(await noteDrafts.read()).toEqual({ a: draft('x', 5) });
    await noteDrafts.drop('a', 5);
    expect(await noteDrafts.read()).toEqual({});
  });
});
