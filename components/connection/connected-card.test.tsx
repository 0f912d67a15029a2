// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { clearNoteDrafts, noteDrafts } from '../../utils/note-drafts.ts';
import { notedCall } from '../notes/noted-call.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { connectedSession, historyCall } from '../testing/samples.ts';
import { en } from '../testing/words.ts';
import { ConnectedCard } from './connected-card.tsx';

const call = notedCall(historyCall(0));
const draft = { agentId: 'a', call, text: 'x', outcome: null, version: 0, known: { text: '', outcome: null }, editedAt: 1 };

it.each([
  ['nothing of notes where all are saved', [], en.disconnect_question],
  ['how many notes go with it', ['a', 'b'], `${en.disconnect_question} ${en.disconnect_notes.replace('{count}', '2')}`],
])('asks before it disconnects, and says %s', async (_, unsaved, question) => {
  await clearNoteDrafts();
  for (const subject of unsaved) await noteDrafts.keep(subject, draft);
  const session = connectedSession();
  if (!session.connected) throw new Error('The sample is not connected.');
  const nothing = () => {};
  await mount(
    fakeView(fakeSend({}).send),
    <ConnectedCard session={session} failure={null} onRetry={nothing} onSession={nothing} />,
  );
  await press('.button-danger');
  expect(find('legend').textContent).toBe(question);
});
