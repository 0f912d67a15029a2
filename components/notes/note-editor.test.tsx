// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { en } from '../../utils/i18n/en.ts';
import type { NoteDraft } from '../../utils/note-drafts.ts';
import { type FailureCode, fail } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../testing/mount.tsx';
import { historyCall } from '../testing/samples.ts';
import NoteEditor from './note-editor.tsx';
import { createNotes } from './notes-store.ts';

async function open(code: FailureCode, text = 'Hẹn thứ Hai') {
  const { send } = fakeSend({ saveNote: fail(code) });
  const drafts = {
    keep: async (_: string, __: NoteDraft) => {},
    read: async () => ({}),
    drop: async () => {},
    watch: () => () => {},
  };
  const notes = createNotes({ send, drafts, agentId: () => 'lan', onSaved() {}, pauseMs: 1e6 });
  await mount(fakeView(send), <NoteEditor notes={notes} subject="a" note={null} call={historyCall(0)} />);
  await type('[data-testid=note-text]', text);
  await notes.save('a');
  await settle();
}
const says = () => find('[data-testid=note-says]').textContent;

it('of a call that the relay does not have can be copied, and nobody says that it is tried again', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await open('call_not_found');
  expect(says()).toBe(en.note_refused.replace('{why}', en.failure_call_not_found));
  await press('.note-foot button');
  expect(writeText).toHaveBeenCalledExactlyOnceWith('Hẹn thứ Hai');
  expect(find('.note-foot button').textContent).toBe(en.copied);
});

it('of a call that the relay does not have can be given up for what was there before', async () => {
  await open('call_not_found');
  await press('[data-testid=note-discard]');
  const field = find<HTMLTextAreaElement>('[data-testid=note-text]');
  expect([says(), field.value, document.activeElement]).toEqual(['', '', field]);
});

it('that waits for the relay is kept, and tried again also at once', async () => {
  await open('relay_unreachable');
  expect(says()).toBe(en.note_kept.replace('{why}', en.failure_relay_unreachable));
  expect(find('.note-foot button').textContent).toBe(en.retry);
});

it('that is longer than the relay takes says so, and nobody says that it is tried again', async () => {
  await open('message_refused', 'x'.repeat(4001));
  expect(says()).toBe(en.note_refused.replace('{why}', en.note_too_long));
});
