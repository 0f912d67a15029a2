// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { OwnDevice } from '../../relay/contract.ts';
import { clearNoteDrafts, noteDrafts } from '../../utils/note-drafts.ts';
import { succeed } from '../../utils/reply.ts';
import { ringDeviceItem } from '../../utils/storage.ts';
import { notedCall } from '../notes/noted-call.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle } from '../testing/mount.tsx';
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
    <ConnectedCard session={session} failure={null} company={null} onRetry={nothing} onSession={nothing} />,
  );
  await press('.button-danger');
  expect(find('legend').textContent).toBe(question);
});

describe('the device that rings', () => {
  const [desk, mobile] = ['Desk', 'Mobile'].map((name) => ({ id: name, name, sipUser: `sip-${name}` })) as [OwnDevice, OwnDevice];
  async function open(sipDevices: OwnDevice[]) {
    const session = connectedSession();
    if (!session.me) throw new Error('The sample knows no agent.');
    const { send, sent } = fakeSend({ pickRingDevice: succeed(null) });
    const nothing = () => {};
    await mount(
      fakeView(send),
      <ConnectedCard
        session={{ ...session, me: { ...session.me, agent: { ...session.me.agent, sipDevices } } }}
        failure={null}
        company={null}
        onRetry={nothing}
        onSession={nothing}
      />,
    );
    return sent;
  }
  const fact = () => [...document.querySelectorAll('dt')].find((term) => term.textContent === en.fact_device)?.nextElementSibling;

  it.each([
    ['is named', [desk], 'Desk'],
    ['is the SIP user without a name', [{ ...desk, name: '' }], '101-lan'],
    ['is the SIP user without a list', [], '101-lan'],
  ])('%s', async (_, devices, text) => {
    await open(devices);
    expect(fact()?.textContent).toBe(text);
  });

  it('is the picked one of several, and can be changed there', async () => {
    await ringDeviceItem.setValue(mobile.id);
    const sent = await open([desk, mobile]);
    const select = find<HTMLSelectElement>('[data-testid=ring-device]');
    expect([select.value, fact()?.contains(select)]).toEqual([mobile.id, true]);
    select.value = desk.id;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    expect(sent).toEqual([{ name: 'pickRingDevice', data: desk.id }]);
  });
});
