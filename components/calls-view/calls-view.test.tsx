// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { en } from '../../utils/i18n/en.ts';
import type { MessageData } from '../../utils/messages.ts';
import { clearNoteDrafts } from '../../utils/note-drafts.ts';
import type { CallWishes } from '../../utils/page/caller.ts';
import { fail, succeed } from '../../utils/reply.ts';
import {
  agentSettingsItem,
  callPlacesItem,
  clockOffsetItem,
  type Handover,
  sessionItem,
  toldCallsItem,
  type ViewWish,
  viewWishItem,
} from '../../utils/storage.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../testing/mount.tsx';
import { companySettings, connectedSession, historyCall, placedCall } from '../testing/samples.ts';
import { type Remembered, readRemembered } from '../view/read-remembered.ts';
import { CallsView } from './calls-view.tsx';

const page = (more: object = {}) => succeed({ calls: [historyCall(1)], placed: [], nextCursor: null, completeTo: 0, ...more });
const connected = {
  getSession: succeed(connectedSession()),
  refreshSession: succeed(connectedSession()),
  getActiveSite: succeed({ origin: 'https://crm.example.com', enabled: true }),
  listHistory: page(),
};
const placeCall = vi.fn((_: string, __?: CallWishes) => ({ key: 'a', settled: Promise.resolve(succeed(placedCall('a'))) }));

async function open(answers: Parameters<typeof fakeSend>[0], remembered: Remembered | null = null) {
  const { send, sent } = fakeSend({ getCompany: succeed(companySettings()), ...answers });
  const openOptions = vi.fn();
  const mounted = await mount(fakeView(send, { openOptions }), <CallsView placeCall={placeCall} remembered={remembered} />);
  return { ...mounted, sent, openOptions, count: (name: string) => sent.filter((message) => message.name === name).length };
}
const status = () => find('[data-testid=status-line]').textContent;

/** Reports to every observer that its elements entered or left the viewport. */
const sights = new Set<(isIntersecting: boolean) => void>();

beforeEach(() => {
  placeCall.mockClear();
  sights.clear();
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
        sights.add((isIntersecting) => tell([{ isIntersecting }]));
      }
      observe() {}
      disconnect() {}
    },
  );
  placeCall.mockImplementation((_: string) => ({ key: 'a', settled: Promise.resolve(succeed(placedCall('a'))) }));
});

describe('CallsView', () => {
  it('shows calls in the national format and calls back the number itself', async () => {
    await open(connected);
    expect(find('.call-who').textContent).toBe('0912 345 678');
    await press('[data-testid=call-back]');
    expect(placeCall).toHaveBeenCalledWith('+84912345678');
    expect(find('[data-testid=placed-row]').dataset.state).toBe('accepted');
  });

  it.each(['anonymous', 'Restricted', ''])('says that the caller %j keeps the number back', async (number) => {
    await open({ ...connected, listHistory: page({ calls: [historyCall(1, { peer: { number, name: null } })] }) });
    expect(find('.call-who').textContent).toBe(en.number_withheld);
    expect(document.querySelector('[data-testid=call-back]')).toBeNull();
  });

  it('says what came of a call whose row is scrolled out of sight, and leads there', async () => {
    const offline = { state: 'rejected', reason: { code: 'device_offline', message: '' }, createdAt: Date.now() } as const;
    placeCall.mockReturnValue({ key: 'a', settled: Promise.resolve(succeed(placedCall('a', offline))) });
    await open(connected);
    await press('[data-testid=call-back]');
    const line = () => document.querySelector('[data-testid=placed-now]');
    expect(line()).toBeNull();
    await act(() => sights.forEach((tell) => void tell(false)));
    await vi.waitFor(() => expect(line()?.textContent).toBe(`0912 345 678 ${en.failure_device_offline}`));
    await press('[data-testid=placed-now]');
    expect(find('[data-testid=placed-row]').contains(document.activeElement)).toBe(true);
    await act(() => sights.forEach((tell) => void tell(true)));
    expect(line()).toBeNull();
  });

  it('says it also of a call whose row is not drawn while a search is looked up', async () => {
    const late = Promise.withResolvers<ReturnType<typeof page>>();
    placeCall.mockReturnValue({ key: 'a', settled: Promise.resolve(succeed(placedCall('a', { createdAt: Date.now() }))) });
    await open({ ...connected, listHistory: [page(), page(), () => late.promise] });
    await press('[data-testid=call-back]');
    await type('[data-testid=search]', 'nobody known');
    await vi.waitFor(() => expect(document.querySelector('[data-testid=placed-row]')).toBeNull());
    await vi.waitFor(() => expect(find('[data-testid=placed-now]').textContent).toContain('0912 345 678'));
    late.resolve(page());
    await settle();
    expect(find('[data-testid=placed-row]').dataset.state).toBe('accepted');
    expect(document.querySelector('[data-testid=placed-now]')).toBeNull();
  });

  it('dials nothing by a press on a row that came under the pointer just now, and says so until the next press', async () => {
    placeCall.mockReturnValue({ key: 'a', settled: Promise.resolve(fail('relay_unreachable')) });
    await open(connected);
    await press('[data-testid=call-back]');
    const again = find('[data-testid=call-again]');
    await act(() => void again.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 })));
    expect(placeCall).toHaveBeenCalledOnce();
    expect(find('.foot').textContent).toContain(en.call_moved);
    await act(() => void find('h1').dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 })));
    expect(find('.foot').textContent).not.toContain(en.call_moved);
  });

  it.each([
    ['its row', '[data-testid=call-back]'],
    ['the number field', '[data-testid=dial-call]'],
  ])('says that a number was called just now when it is called once more from %s', async (_, selector) => {
    const called = placedCall('a', { createdAt: Date.now() });
    placeCall.mockReturnValue({ key: 'a', settled: Promise.resolve(succeed(called)) });
    await open(connected);
    await press('[data-testid=dial-open]');
    await vi.waitFor(() => find('[data-testid=dial-input]'), { timeout: 5000 });
    await type('[data-testid=dial-input]', '0912 345 678');
    await press('[data-testid=call-back]');
    expect(find('.foot').textContent).toBe('');
    await press(selector);
    expect(placeCall).toHaveBeenCalledOnce();
    expect(find('.foot').textContent).toBe(en.failure_called_recently);
    await type('[data-testid=dial-input]', '0987 654 321');
    await press('[data-testid=dial-call]');
    expect(placeCall).toHaveBeenLastCalledWith('+84987654321', {});
    expect(find('.foot').textContent).toBe('');
  });

  it('says why the page that a call was placed on cannot be brought up', async () => {
    const url = 'https://crm.example/deals/7';
    await callPlacesItem.setValue([{ key: 'a', number: '+84912345678', placedAt: Date.now(), url }]);
    const { sent } = await open({ ...connected, openCallPage: fail('call_page_unknown') });
    await press('[data-testid=call-back]');
    await press('[data-testid=placed-row] [data-testid=call-page]');
    expect(sent.at(-1)).toEqual({ name: 'openCallPage', data: 'a' });
    expect(find('.foot').textContent).toContain(en.failure_call_page_unknown);
    await callPlacesItem.removeValue();
  });

  it('walks by arrow keys from the search through the calls placed just now into the history, and back', async () => {
    await open(connected);
    await press('[data-testid=call-back]');
    find('[data-testid=search]').focus();
    const at = () => document.activeElement?.closest<HTMLElement>('li')?.dataset.testid;
    for (const [key, row] of [
      ['ArrowDown', 'placed-row'],
      ['ArrowDown', 'call-row'],
      ['ArrowUp', 'placed-row'],
    ] as const) {
      await act(() => void document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
      expect(at()).toBe(row);
    }
  });

  it('leads somebody who is not connected to the options, and asks the relay nothing', async () => {
    const { openOptions, count } = await open({
      getSession: succeed({ connected: false }),
      getActiveSite: connected.getActiveSite,
    });
    expect(status()).toContain(en.status_not_connected);
    await vi.waitFor(() => find('[data-testid=first-steps]'));
    await press('[data-testid=first-steps] button');
    expect(openOptions).toHaveBeenCalled();
    expect(count('listHistory')).toBe(0);
  });

  it('says once that the relay is away, and shows the calls when it is back', async () => {
    await open({
      ...connected,
      refreshSession: [fail('relay_unreachable'), connected.refreshSession],
      listHistory: [fail('relay_unreachable'), page()],
    });
    expect(document.body.textContent?.split(en.failure_relay_unreachable)).toHaveLength(2);
    await press('[data-testid=status-line] .button');
    expect(document.querySelectorAll('[data-testid=call-row]')).toHaveLength(1);
  });

  it('tells when it opens later what was refused elsewhere, until a call placed anywhere goes well', async () => {
    const refused = placedCall('r', {
      state: 'rejected',
      reason: { code: 'device_offline', message: '' },
      createdAt: Date.now() - 300_000,
    });
    await toldCallsItem.setValue([refused]);
    const { unmount } = await open(connected);
    expect(find('[data-testid=placed-row]').textContent).toContain(en.failure_device_offline);
    expect(status()).toContain('101-lan was offline');
    await toldCallsItem.setValue([placedCall('s', { createdAt: Date.now() }), refused]);
    await settle();
    expect(document.querySelector('[data-testid=placed-row]')).toBeNull();
    expect(status()).toContain('Ready');
    await toldCallsItem.removeValue();
    await unmount();
  });

  it.each([
    ['that it sees disconnected', succeed({ connected: false })],
    ['that another replaces at once', connected.getSession],
  ])('leaves nothing of the calls of a connection %s', async (_, between) => {
    await sessionItem.setValue({ relayUrl: 'https://r.example', me: null, meAt: null });
    let calls = [historyCall(1)];
    const { unmount, count } = await open({
      ...connected,
      getSession: [connected.getSession, between, connected.getSession],
      listHistory: () => page({ calls }),
      openRecording: fail('recording_missing'),
    });
    await press('[data-testid=call-back]');
    await press('[data-testid=play-recording]');
    await vi.waitFor(() => find('[data-testid=player]'));
    await type('[data-testid=search]', 'Minh');
    calls = [];
    const before = count('listHistory');
    await act(() => sessionItem.removeValue());
    await settle();
    await act(() => sessionItem.setValue({ relayUrl: 'https://r.example', me: null, meAt: 1 }));
    await vi.waitFor(() => expect(count('listHistory')).toBeGreaterThan(before));
    await settle();
    expect(document.querySelectorAll('[data-testid=placed-row], [data-testid=call-row], [data-testid=player]')).toHaveLength(0);
    expect(find<HTMLInputElement>('[data-testid=search]').value).toBe('');
    expect(status()).toContain('Ready');
    await unmount();
    await sessionItem.removeValue();
  });

  it('leaves nothing of the notes of one agent for the next, who has the same call in the list', async () => {
    await sessionItem.setValue({ relayUrl: 'https://r.example', me: null, meAt: null });
    const minh = connectedSession();
    const session = (id: string) => succeed({ ...minh, me: minh.me && { ...minh.me, agent: { ...minh.me.agent, id } } });
    let connectedAs = session('lan');
    const late = Promise.withResolvers<ReturnType<typeof fail>>();
    const { unmount, sent } = await open({
      ...connected,
      getSession: () => connectedAs,
      refreshSession: () => connectedAs,
      saveNote: [() => late.promise, succeed({ text: 'của Minh', outcome: null, version: 1, updatedAt: 2 })],
    });
    await press('[data-testid=note]');
    await vi.waitFor(() => find('[data-testid=note-text]'), { timeout: 5000 });
    await type('[data-testid=note-text]', 'của Lan');
    await press('[data-testid=note-close]');
    await press('[data-testid=dial-open]');
    await vi.waitFor(() => find('[data-testid=dial-input]'));
    await type('[data-testid=dial-input]', '0987 001 122');

    connectedAs = session('minh');
    await act(async () => {
      await clearNoteDrafts();
      await sessionItem.removeValue();
      await sessionItem.setValue({ relayUrl: 'https://r.example', me: null, meAt: 1 });
    });
    await vi.waitFor(() => find('[data-testid=call-row]'));
    expect(document.querySelector('[data-testid=dial]')).toBeNull();
    await press('[data-testid=note]');
    await vi.waitFor(() => expect(find<HTMLTextAreaElement>('[data-testid=note-text]').value).toBe(''));
    await type('[data-testid=note-text]', 'của Minh');
    await act(() => late.resolve(fail('version_conflict')));
    await settle();
    expect(find<HTMLTextAreaElement>('[data-testid=note-text]').value).toBe('của Minh');
    expect(document.body.textContent).not.toContain('của Lan');
    await press('[data-testid=note-close]');
    await settle();
    expect(
      sent.filter(({ name }) => name === 'saveNote').map(({ data }) => (data as MessageData<'saveNote'>).change.text),
    ).toEqual(['của Lan', 'của Minh']);
    await unmount();
    await sessionItem.removeValue();
  });

  it('takes up again what waits of the same agent, whose connection was replaced', async () => {
    await sessionItem.setValue({ relayUrl: 'https://r.example', me: null, meAt: null });
    const { unmount, sent } = await open({
      ...connected,
      saveNote: [fail('unauthenticated'), succeed({ text: 'x', outcome: null, version: 1, updatedAt: 2 })],
    });
    await press('[data-testid=note]');
    await vi.waitFor(() => find('[data-testid=note-text]'), { timeout: 5000 });
    await type('[data-testid=note-text]', 'x');
    await press('[data-testid=note-close]');
    await vi.waitFor(() => find('[data-testid=note-unsaved]'));
    await act(async () => {
      await sessionItem.removeValue();
      await sessionItem.setValue({ relayUrl: 'https://r.example', me: null, meAt: 1 });
    });
    await vi.waitFor(() => expect(sent.filter(({ name }) => name === 'saveNote')).toHaveLength(2));
    await settle();
    expect(document.querySelector('[data-testid=note-unsaved]')).toBeNull();
    await unmount();
    await sessionItem.removeValue();
  });

  it('asks again when the person comes back to it', async () => {
    const { count, unmount } = await open(connected);
    const before = count('listHistory');
    await act(() => void window.dispatchEvent(new Event('focus')));
    await settle();
    expect(count('listHistory')).toBe(before + 1);
    await unmount();
    window.dispatchEvent(new Event('focus'));
    expect(count('listHistory')).toBe(before + 1);
  });

  it('shows remembered calls before anything is answered, then the fresh ones in their place', async () => {
    const late = Promise.withResolvers<ReturnType<typeof page>>();
    const never = new Promise<never>(() => {});
    await open(
      { ...connected, getSession: () => never, listHistory: () => late.promise },
      {
        session: connectedSession(),
        page: { calls: [historyCall(2)], placed: [], nextCursor: null, completeTo: 0 },
        choice: null,
      },
    );
    const kept = find('[data-testid=call-row]');
    expect(find('[data-testid=calls]').getAttribute('aria-busy')).toBe('true');
    await act(() => late.resolve(page({ calls: [historyCall(1), historyCall(2)] })));
    await settle();
    expect(document.querySelectorAll('[data-testid=call-row]')).toHaveLength(2);
    expect(document.querySelectorAll('[data-testid=call-row]')[1]).toBe(kept);
    expect(find('[data-testid=calls]').getAttribute('aria-busy')).toBe('false');
  });

  it('keeps remembered calls when the relay is away, and says so', async () => {
    const away = fail('relay_unreachable');
    await open(
      { ...connected, refreshSession: away, listHistory: away },
      {
        session: connectedSession(),
        page: { calls: [historyCall(1)], placed: [], nextCursor: null, completeTo: 0 },
        choice: null,
      },
    );
    expect(document.querySelectorAll('[data-testid=call-row]')).toHaveLength(1);
    expect(status()).toContain(en.failure_relay_unreachable);
  });

  it('opens with the calls it listed a moment ago, not with those of other work', async () => {
    const { connected: _, ...stored } = connectedSession();
    await sessionItem.setValue(stored);
    const first = await open(connected);
    await press('[data-testid=filter-missed]');
    await first.unmount();
    const remembered = await readRemembered();
    const { sent } = await open(connected, remembered);
    expect(find('[data-testid=filter-missed]').getAttribute('aria-pressed')).toBe('true');
    const asked = sent.filter(({ name }) => name === 'listHistory').map(({ data }) => data);
    expect(asked).toEqual([{ limit: '30', disposition: 'missed' }]);
    vi.setSystemTime(Date.now() + 600_000);
    expect((await readRemembered())?.choice).toBeNull();
    vi.useRealTimers();
    await sessionItem.removeValue();
  });

  it('says that the relay is back as soon as the list hears from it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const away = fail('relay_unreachable');
    const { count } = await open({
      ...connected,
      refreshSession: [away, connected.refreshSession],
      listHistory: [away, page()],
    });
    expect([status().includes(en.failure_relay_unreachable), count('refreshSession')]).toEqual([true, 1]);
    await act(() => void vi.advanceTimersByTime(30_000));
    await settle();
    expect([status().includes('Ready'), count('refreshSession')]).toEqual([true, 2]);
    vi.useRealTimers();
  });

  it('says at the top that the relay is away as soon as the list does not reach it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const away = fail('relay_unreachable');
    await open({ ...connected, refreshSession: [connected.refreshSession, away], listHistory: [page(), away] });
    expect(status()).toContain('Ready');
    await act(() => void vi.advanceTimersByTime(30_000));
    await settle();
    expect(status()).toContain(en.failure_relay_unreachable);
    vi.useRealTimers();
  });

  it('goes down from a row that took the place of another to that row’s own button, and skips nobody', async () => {
    await open({ ...connected, listHistory: page({ calls: [1, 2, 3].map((index) => historyCall(index)) }) });
    const rows = [...document.querySelectorAll<HTMLElement>('[data-testid=call-row]')];
    rows[1]?.focus();
    const down = () =>
      act(() => void document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true })));
    await down();
    await settle();
    expect(document.activeElement).toBe(rows[1]?.querySelector('[data-testid=call-back]'));
    await down();
    await settle();
    expect(rows[2]?.contains(document.activeElement)).toBe(true);
  });

  it('draws of 10,000 calls only what is near the window, and goes through them by keys', async () => {
    const calls = Array.from({ length: 10_000 }, (_, index) => historyCall(index));
    await open({ ...connected, listHistory: page({ calls }) });
    const rows = [...document.querySelectorAll<HTMLElement>('[data-testid=call-row]')];
    expect(rows.length).toBeLessThan(40);
    expect(rows[1]?.getAttribute('aria-posinset')).toBe('2');
    rows[0]?.querySelector<HTMLElement>('[data-testid=call-back]')?.focus();
    for (const [key, index] of [
      ['ArrowDown', '2'],
      ['ArrowDown', '3'],
      ['ArrowUp', '2'],
    ] as const) {
      await act(() => void document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
      await settle();
      expect(document.activeElement?.closest<HTMLElement>('li')?.dataset.index).toBe(index);
    }
  });

  it('tells what a search found also to somebody who only hears the view', async () => {
    await open({ ...connected, listHistory: [page(), page(), page({ calls: [] })] });
    const said = find('[data-testid=found]');
    expect(said.textContent).toBe('');
    await press('[data-testid=filter-out]');
    expect(said.textContent).toBe('Calls listed: 1');
    await press('[data-testid=filter-missed]');
    expect(said.textContent).toBe(en.calls_none_match);
  });

  it('shows a call placed elsewhere that matches a search and that the history does not list yet', async () => {
    await open({ ...connected, listHistory: [page(), page({ calls: [], placed: [placedCall('a')] }), page({ calls: [] })] });
    await press('[data-testid=filter-out]');
    expect(find('[data-testid=placed-row]').textContent).toContain('0912 345 678');
    expect(find('[data-testid=found]').textContent).toBe('Calls listed: 1');
    expect(document.querySelector('[data-testid=empty]')).toBeNull();
    await press('[data-testid=filter-missed]');
    expect(document.querySelector('[data-testid=placed-row]')).toBeNull();
    expect(find('[data-testid=empty]').textContent).toBe(en.calls_none_match);
  });

  it('shows a call found by its note that the history does not tell of', async () => {
    const note = { text: 'Gọi lúc 3h', outcome: 'call_later' as const, version: 1, updatedAt: 1 };
    const unlisted = historyCall(1, { id: '00000000-0000-4000-8000-00000000000a', disposition: 'other', status: '', note });
    await open({ ...connected, listHistory: [page(), page({ calls: [unlisted] })] });
    await type('[data-testid=search]', '3h');
    await vi.waitFor(() => expect(find('[data-testid=call-row]').textContent).toContain(en.outcome_untold));
    expect(find('[data-testid=call-row]').textContent).toContain('Gọi lúc 3h');
  });

  it('goes on with the note of a call placed just now where the list finds the call by that note', async () => {
    const found = historyCall(1, { id: 'a', disposition: 'other', status: '' });
    const calls = [historyCall(2)];
    await open({ ...connected, listHistory: () => page({ calls }) });
    await type('[data-testid=search]', '0912');
    placeCall.mockReturnValue({ key: 'a', settled: Promise.resolve(succeed(placedCall('a', { createdAt: Date.now() }))) });
    await press('[data-testid=call-back]');
    await press('[data-testid=placed-row] [data-testid=note]');
    await vi.waitFor(() => find('[data-testid=placed-row] [data-testid=note-text]'), { timeout: 5000 });
    calls.unshift(found);
    await act(() => void window.dispatchEvent(new Event('focus')));
    await settle();
    const editors = () => document.querySelectorAll('[data-testid=note-text]').length;
    const rows = () => ['placed-row', 'call-row'].map((id) => document.querySelectorAll(`[data-testid=${id}]`).length);
    expect([editors(), rows()]).toEqual([1, [1, 1]]);
    expect(find('[data-testid=placed-row]').contains(find('[data-testid=note-text]'))).toBe(true);
    await press('[data-testid=note-close]');
    expect([editors(), rows()]).toEqual([0, [0, 2]]);
  });

  it('takes a number out of the queue as soon as it is called back, until the relay lists it as waiting all the same', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const startedAt = Date.now() - 3_600_000;
      const missed = historyCall(1, { direction: 'inbound', disposition: 'missed', startedAt });
      const queue = succeed({ from: 0, count: 1, calls: [{ call: missed, times: 1 }], completeTo: 0 });
      const none = Promise.withResolvers<object>();
      const getMissed = [queue, () => none.promise as Promise<typeof queue>, queue];
      await open({ ...connected, listHistory: page({ calls: [missed] }), getMissed });
      await press('[data-testid=filter-todo]');
      expect(find('[data-testid=waiting]').textContent).toBe('1 hour ago');
      expect(find('[data-testid=looked-back]').textContent).toContain('Missed calls since');
      vi.setSystemTime(Date.now() + 1000);
      await press('[data-testid=call-back]');
      expect(document.querySelector('[data-testid=call-row]')).toBeNull();
      none.resolve(succeed({ from: 0, count: 0, calls: [], completeTo: 0 }));
      await settle();
      expect(find('[data-testid=empty]').textContent).toBe(en.queue_empty);
      await act(() => void window.dispatchEvent(new Event('focus')));
      await settle();
      find('[data-testid=call-row]');
    } finally {
      vi.useRealTimers();
    }
  });

  it('says of each number in the queue why it waits', async () => {
    const startedAt = Date.now() - 2 * 3_600_000;
    const calls = [
      { call: historyCall(1, { startedAt, note: { text: '', outcome: 'call_later', version: 1, updatedAt: 1 } }), times: 0 },
      { call: historyCall(2, { direction: 'inbound', disposition: 'missed', startedAt }), times: 1 },
      { call: historyCall(3, { direction: 'inbound', disposition: 'missed', startedAt }), times: 3 },
    ];
    const getMissed = succeed({ from: 0, count: 3, calls, completeTo: 0 });
    await open({ ...connected, listHistory: page({ calls: [] }), getMissed });
    await press('[data-testid=filter-todo]');
    const words = [...document.querySelectorAll('[data-testid=waiting]')].map(({ textContent }) => textContent);
    expect(words).toEqual(['asked to be called later, 2 hours ago', '2 hours ago', '3×, last 2 hours ago']);
  });

  it('keeps the row whose note takes it out of the queue until the note is closed', async () => {
    const [done, other] = [1, 2].map((index) => historyCall(index, { direction: 'inbound', disposition: 'missed' }));
    const queue = (...calls: unknown[]) =>
      succeed({ from: 0, count: calls.length, calls: calls.map((call) => ({ call, times: 1 })), completeTo: 0 });
    const { count } = await open({ ...connected, getMissed: [queue(done, other), queue(other)] });
    await press('[data-testid=filter-todo]');
    await press('[data-testid=note]');
    await vi.waitFor(() => find('[data-testid=note-text]'), { timeout: 5000 });
    const rows = () => document.querySelectorAll('[data-testid=call-row]').length;
    await act(() => void window.dispatchEvent(new Event('focus')));
    await settle();
    expect([count('getMissed'), rows(), find('[data-testid=call-row]').contains(find('[data-testid=note-text]'))]).toEqual([
      2,
      2,
      true,
    ]);
    await press('[data-testid=note-close]');
    expect(rows()).toBe(1);
  });

  it('keeps a row whose note takes it out of what was asked for while that is asked, and no longer', async () => {
    const [done, other] = [1, 2].map((index) => historyCall(index));
    await open({ ...connected, listHistory: [page(), page({ calls: [done, other] }), page({ calls: [other] })] });
    await press('[data-testid=filter-out]');
    await press('[data-testid=note]');
    await vi.waitFor(() => find('[data-testid=note-text]'), { timeout: 5000 });
    const rows = () => document.querySelectorAll('[data-testid=call-row]').length;
    const isOpen = () => document.querySelector('[data-testid=note-text]') !== null;
    await act(() => void window.dispatchEvent(new Event('focus')));
    await settle();
    expect([rows(), isOpen()]).toEqual([2, true]);
    await press('[data-testid=filter-in]');
    expect([rows(), isOpen()]).toEqual([1, false]);
  });

  it.each([
    ['its number is called back', '[data-testid=call-back]'],
    ['its note is closed', '[data-testid=note-close]'],
  ])('leads the keyboard, but no second press, to the next one in the queue when a row goes because %s', async (_, selector) => {
    const startedAt = Date.now() - 3_600_000;
    const [done, other] = [1, 2].map((index) =>
      historyCall(index, {
        direction: 'inbound',
        disposition: 'missed',
        startedAt,
        peer: { number: `+8491234567${index}`, name: null },
      }),
    );
    const queue = (...calls: unknown[]) =>
      succeed({ from: 0, count: calls.length, calls: calls.map((call) => ({ call, times: 1 })), completeTo: 0 });
    await open({ ...connected, getMissed: [queue(done, other), queue(other)] });
    await press('[data-testid=filter-todo]');
    await press('[data-testid=note]');
    await vi.waitFor(() => find('[data-testid=note-text]'), { timeout: 5000 });
    if (selector.includes('call-back')) await press('[data-testid=note-close]');
    await act(() => void window.dispatchEvent(new Event('focus')));
    find(selector).focus();
    await press(selector);
    const rows = document.querySelectorAll('[data-testid=call-row]');
    expect([rows.length, document.activeElement === rows[0]]).toEqual([1, true]);
  });

  it('asks for today by the clock of the relay', async () => {
    await clockOffsetItem.setValue(3 * 86_400_000);
    const { sent, unmount } = await open(connected);
    find<HTMLSelectElement>('[data-testid=range]').value = 'today';
    await act(() => void find('[data-testid=range]').dispatchEvent(new Event('change', { bubbles: true })));
    await settle();
    const asked = sent.filter(({ name }) => name === 'listHistory').at(-1)?.data as MessageData<'listHistory'>;
    expect(Number(asked.from)).toBeGreaterThan(Date.now() + 86_400_000);
    await unmount();
    await clockOffsetItem.removeValue();
  });

  it('knows the last words of a note when the history has taken its call over', async () => {
    const first = { text: 'Hẹn', outcome: null, version: 1, updatedAt: 1 };
    const second = { ...first, text: 'Hẹn thứ Hai', version: 2, updatedAt: 2 };
    const key = '00000000-0000-4000-8000-00000000000a';
    placeCall.mockReturnValue({ key, settled: Promise.resolve(succeed(placedCall(key, { createdAt: Date.now() }))) });
    let calls = [historyCall(2)];
    await open({
      ...connected,
      listHistory: () => page({ calls }),
      saveNote: () => {
        calls = calls.map((call) => (call.note ? { ...call, note: second } : call));
        return succeed(second);
      },
    });
    await press('[data-testid=call-back]');
    await press('[data-testid=placed-row] [data-testid=note]');
    await vi.waitFor(() => find('[data-testid=note-text]'), { timeout: 5000 });
    calls = [historyCall(1, { startedAt: Date.now(), note: first }), ...calls];
    await act(() => void window.dispatchEvent(new Event('focus')));
    await settle();
    await type('[data-testid=note-text]', 'Hẹn thứ Hai');
    await press('[data-testid=note-close]');
    await vi.waitFor(() => expect(find('[data-testid=call-row] [data-testid=note-line]').textContent).toBe('Hẹn thứ Hai'));
    expect(document.querySelector('[data-testid=placed-row]')).toBeNull();
  });

  it('saves what was noted before the agent was known', async () => {
    const unknown = succeed({ ...connectedSession(), me: null });
    const { sent, unmount } = await open({
      ...connected,
      getSession: unknown,
      refreshSession: [unknown, connected.refreshSession],
      saveNote: succeed({ text: 'x', outcome: null, version: 1, updatedAt: 2 }),
    });
    await press('[data-testid=note]');
    await vi.waitFor(() => find('[data-testid=note-text]'), { timeout: 5000 });
    await type('[data-testid=note-text]', 'x');
    await press('[data-testid=note-close]');
    expect(sent.map(({ name }) => name)).not.toContain('saveNote');
    await act(() => void window.dispatchEvent(new Event('focus')));
    await vi.waitFor(() => expect(sent.filter(({ name }) => name === 'saveNote')).toHaveLength(1));
    await settle();
    expect(find('[data-testid=note-line]').textContent).toBe('x');
    await unmount();
    await clearNoteDrafts();
  });

  it('tries a note that was not saved again once the relay answers again, and not whenever it answers', async () => {
    const { count, unmount } = await open({
      ...connected,
      listHistory: [page(), page(), page(), fail('relay_unreachable'), page()],
      saveNote: [fail('store_unavailable'), succeed({ text: 'x', outcome: null, version: 1, updatedAt: 2 })],
    });
    const saves = [];
    await press('[data-testid=note]');
    await vi.waitFor(() => find('[data-testid=note-text]'), { timeout: 5000 });
    await type('[data-testid=note-text]', 'x');
    await press('[data-testid=note-close]');
    for (const _ of ['answered', 'answered', 'not answered', 'answered again']) {
      saves.push(count('saveNote'));
      await act(() => void window.dispatchEvent(new Event('focus')));
      await settle();
    }
    expect([...saves, count('saveNote')]).toEqual([1, 1, 1, 1, 2]);
    await unmount();
    await clearNoteDrafts();
  });

  it.each([
    ['itself where no badge and no notice keeps it', { badge: false, notifyMissed: false }, 2],
    ['nobody where the background keeps it', { badge: true, notifyMissed: false }, 0],
  ])('asks how many wait for a call back: %s', async (_, settings, times) => {
    await agentSettingsItem.setValue({ ...(await agentSettingsItem.getValue()), ...settings });
    const { count, unmount } = await open({ ...connected, getMissed: succeed({ from: 0, count: 0, calls: [], completeTo: 0 }) });
    await settle();
    await act(() => void window.dispatchEvent(new Event('focus')));
    expect(count('getMissed')).toBe(times);
    await unmount();
    await agentSettingsItem.removeValue();
  });

  it.each([
    ['where other calls have theirs', true, 1],
    ['but not in a company that records none', false, 0],
  ])('says of a call that just ended that its recording is not there yet, %s', async (_, hasRecording, times) => {
    const justNow = historyCall(1, { startedAt: Date.now() - 120_000, hasRecording: false });
    await open({ ...connected, listHistory: page({ calls: [justNow, historyCall(2, { hasRecording })] }) });
    expect(document.querySelectorAll('[data-testid=recording-awaited]')).toHaveLength(times);
  });

  it('takes over a recording that is open here already', async () => {
    let give: (handover: Handover) => void = () => {};
    const { send, sent } = fakeSend({ ...connected, openRecording: fail('recording_missing') });
    const watchHandover = (taken: typeof give) => {
      give = taken;
      return () => {};
    };
    await mount(fakeView(send, { watchHandover }), <CallsView placeCall={placeCall} />);
    const opened = () => sent.filter(({ name }) => name === 'openRecording').length;
    await press('[data-testid=play-recording]');
    await vi.waitFor(() => expect(opened()).toBe(1));
    await act(() => give({ call: historyCall(1), position: 42, at: 0 }));
    await vi.waitFor(() => expect(opened()).toBe(2));
  });

  it('keeps a note that is being typed through every refresh, and shows it in its row once it is closed', async () => {
    const saved = { text: 'Hẹn thứ Hai', outcome: null, version: 1, updatedAt: 1 };
    const { sent } = await open({ ...connected, saveNote: succeed(saved) });
    await press('[data-testid=note]');
    await vi.waitFor(() => find('[data-testid=note-text]'), { timeout: 5000 });
    await type('[data-testid=note-text]', 'Hẹn thứ Hai');
    await act(() => void window.dispatchEvent(new Event('focus')));
    await settle();
    expect(find<HTMLTextAreaElement>('[data-testid=note-text]').value).toBe('Hẹn thứ Hai');
    await press('[data-testid=note-close]');
    await settle();
    expect(sent.filter(({ name }) => name === 'saveNote')).toMatchObject([
      { data: { subject: historyCall(1).id, version: 0, change: { text: 'Hẹn thứ Hai', outcome: null } } },
    ]);
    await vi.waitFor(() => expect(find('[data-testid=note-line]').textContent).toBe('Hẹn thứ Hai'));
  });

  describe('a call outside the sales hours', () => {
    const past = (overridable: boolean) =>
      succeed({ refusal: { text: '', overridable, hours: 'Hôm nay được gọi: 08:00–17:00.' } } as never);
    const refuse = () => placeCall.mockReturnValue({ key: 'a', settled: Promise.resolve(fail('outside_sales_hours')) });
    const field = () => document.querySelector<HTMLInputElement>('[data-testid=override-reason]');
    const submit = () =>
      act(() => void find('[data-testid=override]').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));

    it('is placed for a reason, which stays until the call is on its way', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      refuse();
      const { sent } = await open({ ...connected, getNumberPast: past(true) });
      await press('[data-testid=call-back]');
      await vi.waitFor(() => expect(field()).not.toBeNull());
      expect(sent).toContainEqual({ name: 'getNumberPast', data: '+84912345678' });
      expect(find('[data-testid=sales-hours]').textContent).toContain('08:00–17:00');
      await submit();
      expect(placeCall).toHaveBeenCalledTimes(1);

      await type('[data-testid=override-reason]', ' Khách hẹn giờ này ');
      placeCall.mockReturnValue({ key: 'b', settled: Promise.resolve(fail('relay_unreachable')) });
      await submit();
      await settle();
      expect(placeCall).toHaveBeenLastCalledWith('+84912345678', { overrideReason: 'Khách hẹn giờ này' });
      expect(field()?.value).toBe(' Khách hẹn giờ này ');

      vi.setSystemTime(Date.now() + 1000);
      placeCall.mockReturnValue({ key: 'c', settled: Promise.resolve(succeed(placedCall('c'))) });
      await submit();
      await settle();
      expect(field()).toBeNull();
    });

    it('stays refused where the policy takes no reason', async () => {
      refuse();
      const { sent } = await open({ ...connected, getNumberPast: past(false) });
      await press('[data-testid=call-back]');
      await vi.waitFor(() => expect(sent.map(({ name }) => name)).toContain('getNumberPast'));
      await settle();
      expect(field()).toBeNull();
      expect(find('[data-testid=sales-hours]').textContent).toContain('08:00–17:00');
    });
  });

  describe('what it was opened for', () => {
    const wish = (wanted: ViewWish, age = 0) => viewWishItem.setValue({ ...wanted, at: Date.now() - age });
    const refused: ViewWish = {
      show: 'placed',
      call: placedCall('menu', { state: 'not_sent', reason: { code: 'do_not_call', message: '' }, createdAt: Date.now() }),
    };
    const rows = () => [...document.querySelectorAll('[data-testid=placed-row]')].map(({ textContent }) => textContent);
    beforeEach(async () => {
      // The view of the previous test would consume the wish.
      await mount(fakeView(fakeSend({}).send), null);
      await viewWishItem.setValue(null);
    });

    it('is a call of the menu that was refused, before or after the view opened', async () => {
      await wish(refused);
      await open(connected);
      await vi.waitFor(() => expect(rows()).toEqual([expect.stringContaining(en.failure_do_not_call)]));
      await act(() => wish(refused));
      await act(() => wish({ ...refused, call: { ...refused.call, key: 'again' } }));
      await vi.waitFor(() => expect(rows()).toHaveLength(2));
      expect(placeCall).not.toHaveBeenCalled();
    });

    it('is a text to leave one number of', async () => {
      await open(connected);
      await act(() => wish({ show: 'typed', text: '0912345678 / 0987001122' }));
      await vi.waitFor(() => expect(find('[data-testid=dial-says]').textContent).toBe(en.dial_several));
    });

    it('is whom to call back, all of them', async () => {
      const { sent } = await open({ ...connected, getMissed: succeed({ from: 0, count: 0, calls: [], completeTo: 0 }) });
      await type('[data-testid=search]', 'Minh');
      await vi.waitFor(() => expect(sent.at(-1)?.data).toMatchObject({ q: 'Minh' }));
      await act(() => wish({ show: 'toCallBack' }));
      await vi.waitFor(() => expect(sent.at(-1)).toEqual({ name: 'getMissed', data: {} }));
      expect(find<HTMLInputElement>('[data-testid=search]').value).toBe('');
    });

    it.each([
      ['goes for a side panel that is looked at, and for the popup that comes up over it', true],
      ['goes past any other to the popup', false],
    ])('%s', async (_, hasFocus) => {
      vi.spyOn(document, 'hasFocus').mockReturnValue(hasFocus);
      const { send } = fakeSend(connected);
      await mount(fakeView(send, { watchHandover: () => () => {} }), <CallsView placeCall={placeCall} />);
      // Told after the panel, which began to watch before.
      const told = new Promise((resolve) => viewWishItem.watch(resolve));
      await act(() => wish({ show: 'typed', text: '0912345678' }));
      await told;
      await settle();
      expect(document.querySelector('[data-testid=dial]') !== null).toBe(hasFocus);
      await open(connected);
      await vi.waitFor(() => find('[data-testid=dial]'));
    });

    it('is over once it was taken', async () => {
      await wish({ show: 'typed', text: '0912345678' });
      await open(connected);
      await vi.waitFor(() => find('[data-testid=dial]'));
      expect(await viewWishItem.getValue()).toBeNull();
    });

    it('is nothing that another opening was for', async () => {
      await wish(refused, 60_000);
      const read = vi.spyOn(viewWishItem, 'getValue');
      await open(connected);
      expect(await read.mock.results[0]?.value).toMatchObject(refused);
      await settle();
      expect(rows()).toEqual([]);
    });
  });

  it('reads a typed number as a page would, also of the other countries that may be called', async () => {
    const session = connectedSession();
    const policy = { homeRegion: 'VN', regions: ['VN', 'SG'] };
    const answer = succeed({ ...session, me: session.me && { ...session.me, policy } });
    await open({ ...connected, getSession: answer, refreshSession: answer });
    await press('[data-testid=dial-open]');
    await vi.waitFor(() => find('[data-testid=dial-input]'));
    await type('[data-testid=dial-input]', '6123 4567');
    expect(find('[data-testid=dial-says]').textContent).toContain('+65 6123 4567');
  });

  it('begins a number with the first digit typed anywhere, and calls it back as it stands in the field', async () => {
    await open(connected);
    for (const key of '+84')
      await act(() => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
    await vi.waitFor(() => expect(find<HTMLInputElement>('[data-testid=dial-input]').value).toBe('+84'));
    await type('[data-testid=dial-input]', '+84 912 345 678');
    await act(() => void find('[data-testid=dial]').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));
    await settle();
    expect(placeCall).toHaveBeenCalledExactlyOnceWith('+84912345678', {});
    expect(find<HTMLInputElement>('[data-testid=dial-input]').value).toBe('+84 912 345 678');
  });
});
