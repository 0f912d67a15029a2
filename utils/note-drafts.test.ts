import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { noteDrafts } from './note-drafts.ts';

const draft = (text: string, editedAt: number) => ({
  agentId: 'lan',
  text,
  outcome: null,
  version: 1,
  known: { text: '', outcome: null },
  editedAt,
});
beforeEach(() => fakeBrowser.reset());

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
