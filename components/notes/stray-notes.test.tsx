// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Note, PlacedCall } from '../../relay/contract.ts';
import { en } from '../../utils/i18n/en.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../testing/mount.tsx';
import { historyCall, placedCall } from '../testing/samples.ts';
import { notedCall } from './noted-call.ts';
import { createNotes } from './notes-store.ts';
import StrayNotes from './stray-notes.tsx';

const key = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
let dropped: string[] = [];
const at = Date.parse('2026-07-03T14:05:00+07:00');
const justPlaced = notedCall(placedCall(key, { createdAt: at }));
const note = (text: string): Note => ({ text, outcome: null, version: 1, updatedAt: 1 });

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: at }));
afterEach(() => void vi.useRealTimers());

async function open(placed: PlacedCall[], saves: Reply<Note>[], call = justPlaced) {
  dropped = [];
  const { send } = fakeSend({ saveNote: saves, getNote: succeed(note('from elsewhere')) });
  const drafts = {
    keep: async () => {},
    read: async () => ({}),
    drop: async (subject: string) => void dropped.push(subject),
    watch: () => () => {},
  };
  const notes = createNotes({ send, drafts, agentId: () => 'lan', onSaved() {}, pauseMs: 1e6 });
  notes.open(key, null, call);
  notes.edit(key, { text: 'call on Monday' });
  await notes.save(key);
  await mount(fakeView(send), <StrayNotes notes={notes} region="VN" placed={placed} calls={[]} openedId={null} />);
  await settle();
  return notes;
}
const shown = () => document.querySelector('[data-testid=stray-notes]') !== null;

it.each<[name: string, placed: PlacedCall[], save: Reply<Note>, isShown: boolean]>([
  ['that waits for the relay', [], fail('relay_unreachable'), true],
  ['that somebody has to choose for', [], fail('version_conflict'), true],
  ['on a call that the relay never got', [], fail('call_not_found'), true],
  ['whose call stands in a row', [placedCall(key)], fail('relay_unreachable'), false],
  ['that was saved', [], succeed(note('call on Monday')), false],
])('a note %s', async (_, placed, save, isShown) => {
  await open(placed, [save]);
  expect(shown()).toBe(isShown);
  if (isShown) {
    expect(find('[data-testid=stray-notes]').textContent).toContain('0912 345 678, 14:05');
    expect(find<HTMLTextAreaElement>('[data-testid=note-text]').value).toBe('call on Monday');
  }
});

it('stays under the cursor once it is saved, and goes after that', async () => {
  const notes = await open([], [fail('relay_unreachable'), succeed(note('call on Tuesday')), succeed(note('x'))]);
  find('[data-testid=note-text]').focus();
  await type('[data-testid=note-text]', 'call on Tuesday');
  await notes.save(key);
  await settle();
  expect(find('[data-testid=note-says]').textContent).toBe('Saved');
  find('[data-testid=note-text]').blur();
  notes.store.setState(({ notes: all }) => ({ notes: { ...all } }));
  await settle();
  expect(shown()).toBe(false);
});

it('that can never be saved goes once it is emptied, and is not sent again', async () => {
  const notes = await open([], [fail('call_not_found')]);
  await type('[data-testid=note-text]', '');
  await notes.save(key);
  await settle();
  expect([shown(), dropped]).toEqual([false, [key]]);
});

it.each([
  ['a customer who is known', { name: 'Chị Hoa', number: '+84912345678' }, 'Chị Hoa'],
  ['a number', { name: null, number: '+84912345678' }, '0912 345 678'],
  ['somebody who keeps it back', { name: null, number: 'anonymous' }, en.number_withheld],
])('says of an older call that is not listed now whom it was with: %s', async (_, peer, who) => {
  const call = historyCall(0, { peer, startedAt: Date.parse('2026-06-30T09:15:00+07:00') });
  await open([], [fail('relay_unreachable')], notedCall(call));
  expect(find('.stray-note > p').textContent).toBe(`Note on the call with ${who}, 30 Jun, 09:15`);
});

it('goes once the agent gives it up', async () => {
  await open([], [fail('call_not_found')]);
  await press('[data-testid=note-discard]');
  await settle();
  expect([shown(), dropped]).toEqual([false, [key]]);
});

it('hands the focus to the list once the agent gives one up, not to another note', async () => {
  const { send } = fakeSend({ saveNote: fail('call_not_found') });
  const drafts = { keep: async () => {}, read: async () => ({}), drop: async () => {}, watch: () => () => {} };
  const notes = createNotes({ send, drafts, agentId: () => 'lan', onSaved() {}, pauseMs: 1e6 });
  for (const subject of ['a', 'b', 'c']) {
    notes.open(subject, null, justPlaced);
    notes.edit(subject, { text: subject });
    await notes.save(subject);
  }
  await mount(
    fakeView(send),
    <>
      <StrayNotes notes={notes} region="VN" placed={[]} calls={[]} openedId={null} />
      <li class="call" tabIndex={-1} />
    </>,
  );
  const focused = () => {
    const { activeElement } = document;
    return activeElement instanceof HTMLTextAreaElement ? activeElement.value : activeElement?.className;
  };
  for (const subject of ['b', 'c']) {
    await press(`[data-subject=${subject}] [data-testid=note-discard]`);
    expect(focused()).toBe('call');
  }
});
