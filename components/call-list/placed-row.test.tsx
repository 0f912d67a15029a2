// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import type { Note, NoteChange, PlacedCall } from '../../relay/contract.ts';
import type { NoteDraft } from '../../utils/note-drafts.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { agentSettingsItem, callPlacesItem } from '../../utils/storage.ts';
import { notedCall } from '../notes/noted-call.ts';
import { createNotes } from '../notes/notes-store.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { placedCall } from '../testing/samples.ts';
import { PlacedRow } from './placed-row.tsx';

type Answer = (data: unknown) => Reply<unknown>;
interface Asking {
  isAsking: boolean;
  saveNote: Answer;
}
const quiet: Asking = { isAsking: false, saveNote: () => fail('relay_unreachable') };

async function open(call: PlacedCall, typed = '', noted: Note | null = null, extension?: string, asking = quiet) {
  const { isAsking, saveNote } = asking;
  const { send } = fakeSend({ saveNote });
  const onPage = vi.fn();
  const onDial = vi.fn(async () => {});
  const drafts = {
    keep: async (_: string, __: NoteDraft) => {},
    read: async () => ({}),
    drop: async () => {},
    watch: () => () => {},
  };
  const notes = createNotes({ send, drafts, agentId: () => 'lan', onSaved() {}, pauseMs: 1e6 });
  if (noted || typed) notes.open(call.key, noted, notedCall(call));
  if (typed) notes.edit(call.key, { text: typed });
  await mount(
    fakeView(send),
    <PlacedRow
      call={call}
      extension={extension}
      live={null}
      region="VN"
      now={1_010_000}
      onDial={onDial}
      isDone={false}
      onNote={() => {}}
      onPage={onPage}
      isNoting={false}
      isAsking={isAsking}
      notes={notes}
    />,
  );
  return { onPage, onDial };
}
const has = (id: string) => document.querySelector(`[data-testid=${id}]`) !== null;
const failed = (code: string, state: PlacedCall['state'] = 'not_sent') =>
  placedCall('a', { state, reason: { code, message: '' } });

it.each([
  ['a call that was accepted', placedCall('a'), '', true],
  ['one on its way', placedCall('a', { state: 'dispatching', settledAt: null }), '', true],
  ['one that found its device offline', failed('device_offline', 'rejected'), '', true],
  ['one that a rule refused', failed('do_not_call'), '', true],
  ['one in doubt', failed('outcome_unknown', 'unknown'), '', true],
  ['none that found the relay away', failed('relay_unreachable'), '', false],
  ['none that came too late', failed('click_too_old'), '', false],
  ['none that came too fast', failed('too_many_attempts'), '', false],
  ['none that the relay could not read', failed('bad_request'), '', false],
  ['none that was too large', failed('too_large'), '', false],
  ['none at an address where no relay is', failed('not_found'), '', false],
  ['none whose key is another call’s', failed('idempotency_key_reused'), '', false],
  ['none of a browser that was not connected', failed('not_connected'), '', false],
  ['one that found the relay away while it was being noted', failed('relay_unreachable'), 'said he', true],
] as const)('a note can be made on %s', async (_, call, typed, isNotable) => {
  await open(call, typed);
  expect([has('placed-row'), has('note'), has('note-unsaved')]).toEqual([true, isNotable, typed !== '']);
});

it.each([
  ['saved here, where the list does not tell of it', 2, null, 'said here'],
  ['as the list has it, newer', 2, 3, 'said there'],
])('shows the note %s', async (_, version, listed, text) => {
  const note = (said: string, of: number): Note => ({ text: said, outcome: null, version: of, updatedAt: of });
  await open(placedCall('a', { note: listed === null ? null : note('said there', listed) }), '', note('said here', version));
  expect(document.querySelector('[data-testid=note-line]')?.textContent).toBe(text);
});

it('leads back to the page it was placed on, by its key, and only where that is remembered', async () => {
  await callPlacesItem.setValue([{ key: 'a', number: '+84912345678', placedAt: 1, url: 'https://crm.example/deals/7' }]);
  const { onPage } = await open(placedCall('a'));
  await press('[data-testid=call-page]');
  expect(onPage).toHaveBeenCalledExactlyOnceWith('a');
  await open(placedCall('b'));
  expect(has('call-page')).toBe(false);
  await callPlacesItem.removeValue();
});

it('leads to the CRM’s search where no page is remembered', async () => {
  await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), crmSearch: 'https://crm.example/?q={national}' });
  await open(placedCall('b'));
  expect(find<HTMLAnchorElement>('[data-testid=call-crm]').href).toBe('https://crm.example/?q=0912345678');
  await callPlacesItem.setValue([{ key: 'b', number: '+84912345678', placedAt: 1, url: 'https://crm.example/deals/7' }]);
  await open(placedCall('b'));
  expect([has('call-page'), has('call-crm')]).toEqual([true, false]);
  await callPlacesItem.removeValue();
  await agentSettingsItem.removeValue();
});

it('says which extension is to be dialled, also when it is called again', async () => {
  const { onDial } = await open(placedCall('a'), '', null, '12');
  expect(find('[data-testid=placed-row]').textContent).toContain('Extension 12');
  await press('[data-testid=call-again]');
  expect(onDial).toHaveBeenCalledExactlyOnceWith('+84912345678', { extension: '12' });
});

it('asks for the outcome: one press saves it, along with what was typed, and one more takes it back', async () => {
  const saved: unknown[] = [];
  const note: Note = { text: 'said', outcome: null, version: 1, updatedAt: 1 };
  const take = (data: unknown) => {
    const { change, version } = data as { change: NoteChange; version: number };
    saved.push(change);
    return succeed({ ...change, version: version + 1, updatedAt: 2 });
  };
  await open(placedCall('a', { note }), '', null, undefined, { isAsking: true, saveNote: take });
  await press('[data-testid=outcome-call_later]');
  expect(find('[data-testid=outcome-call_later]').getAttribute('aria-checked')).toBe('true');
  expect(find('[data-testid=note-line]').textContent).toBe('said');
  await press('[data-testid=outcome-call_later]');
  expect(saved).toEqual([
    { text: 'said', outcome: 'call_later' },
    { text: 'said', outcome: null },
  ]);
});
