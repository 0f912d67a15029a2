// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from '../../utils/i18n/en.ts';
import { fail, succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle } from '../testing/mount.tsx';
import { connectedSession, historyCall, placedCall } from '../testing/samples.ts';
import { CallsView } from './calls-view.tsx';

const page = (more: object = {}) => succeed({ calls: [historyCall(1)], placed: [], nextCursor: null, completeTo: 0, ...more });
const connected = {
  getSession: succeed(connectedSession()),
  refreshSession: succeed(connectedSession()),
  getActiveSite: succeed({ origin: 'https://crm.example.com', enabled: true }),
  listHistory: page(),
};
const placeCall = vi.fn((_: string) => ({ key: 'a', settled: Promise.resolve(succeed(placedCall('a'))) }));

async function open(answers: Parameters<typeof fakeSend>[0]) {
  const { send, sent } = fakeSend(answers);
  const openOptions = vi.fn();
  const mounted = await mount(fakeView(send, { openOptions }), <CallsView placeCall={placeCall} />);
  return { ...mounted, sent, openOptions, count: (name: string) => sent.filter((message) => message.name === name).length };
}
const status = () => find('[data-testid=status-line]').textContent;

beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
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

  it('leads somebody who is not connected to the options, and asks the relay nothing', async () => {
    const { openOptions, count } = await open({
      getSession: succeed({ connected: false }),
      getActiveSite: connected.getActiveSite,
    });
    expect(status()).toContain(en.status_not_connected);
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
});
