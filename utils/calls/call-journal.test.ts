import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { callJournalItem, type JournalEntry } from '../storage.ts';
import { createCallJournal } from './call-journal.ts';

const entry = (key: string): JournalEntry => ({
  key,
  number: '+84901234567',
  clickedAt: 1,
  surface: 'page',
  site: null,
  sentAt: null,
  outcome: null,
});
const keys = async () => (await callJournalItem.getValue()).map(({ key }) => key);

beforeEach(() => fakeBrowser.reset());

describe('createCallJournal', () => {
  it('writes a click down once', async () => {
    const journal = createCallJournal();
    expect(await journal.open(entry('a'))).toBeUndefined();
    expect(await journal.open({ ...entry('a'), number: '+84999999999' })).toEqual(entry('a'));
    expect(await keys()).toEqual(['a']);
  });

  it('loses nothing when clicks come at once', async () => {
    const journal = createCallJournal(callJournalItem, () => 7);
    await Promise.all(Array.from({ length: 30 }, (_, index) => journal.open(entry(`k${index}`))));
    await Promise.all([journal.change('k3', { outcome: 'accepted' }), journal.change('k4', { sentAt: 9 })]);
    expect(await keys()).toHaveLength(30);
    expect((await callJournalItem.getValue()).slice(3, 5)).toEqual([
      { ...entry('k3'), outcome: 'accepted', settledAt: 7 },
      { ...entry('k4'), sentAt: 9 },
    ]);
  });

  it.each([
    [['accepted'], 1],
    [['dispatching', 'accepted'], 2],
    [['outcome_unknown', 'accepted'], 1],
    [['accepted', 'accepted'], 1],
  ])('a call that was found %j is settled from the %d. time on', async (outcomes, settledAt) => {
    let at = 0;
    const journal = createCallJournal(callJournalItem, () => at);
    await journal.open(entry('a'));
    for (const outcome of outcomes) {
      at += 1;
      await journal.change('a', { outcome });
      await journal.change('a', { sentAt: 9 });
    }
    expect(await journal.find('a')).toMatchObject({ outcome: outcomes.at(-1), settledAt });
  });

  it('keeps the last 200', async () => {
    const journal = createCallJournal();
    for (let index = 0; index < 205; index += 1) await journal.open(entry(`k${index}`));
    expect([(await keys())[0], (await keys()).at(-1), (await keys()).length]).toEqual(['k5', 'k204', 200]);
  });

  it('outlives the worker, and only in memory-backed storage', async () => {
    await createCallJournal().open(entry('a'));
    expect(await createCallJournal().open(entry('a'))).toEqual(entry('a'));
    expect(JSON.stringify(await fakeBrowser.storage.local.get())).not.toContain('84901234567');
  });

  it('goes on after a write that failed', async () => {
    let broken = true;
    let kept: JournalEntry[] = [];
    const journal = createCallJournal({
      getValue: async () => kept,
      setValue: async (entries) => {
        if (broken) throw new Error('quota');
        kept = entries;
      },
    });
    await expect(journal.open(entry('a'))).rejects.toThrow('quota');
    broken = false;
    await journal.open(entry('b'));
    expect(kept.map(({ key }) => key)).toEqual(['b']);
  });
});
