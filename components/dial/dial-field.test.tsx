// @vitest-environment happy-dom
import { useState } from 'preact/hooks';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnDevice } from '../../relay/contract.ts';
import { en } from '../../utils/i18n/en.ts';
import type { CallWishes } from '../../utils/page/caller.ts';
import { fail, succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, settle, type } from '../testing/mount.tsx';
import DialField from './dial-field.tsx';

const vietnam = { homeRegion: 'VN', regions: ['VN'] };

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

async function open(text = '', devices: OwnDevice[] = [], send = fakeSend({})) {
  const dial = vi.fn(async (_: string, __?: CallWishes) => {});
  const close = vi.fn();
  const offered = { current: Number.NaN };
  let offer = (_: string) => {};
  function Held() {
    const [typed, setTyped] = useState(text);
    offer = (other) => {
      offered.current = performance.now();
      setTyped(other);
    };
    return (
      <DialField
        text={typed}
        offered={offered}
        regions={vietnam}
        devices={devices}
        onText={setTyped}
        onClose={close}
        onDial={dial}
      />
    );
  }
  await mount(fakeView(send.send), <Held />);
  return { dial, close, offer: (other: string) => act(() => offer(other)) };
}
const input = () => find<HTMLInputElement>('[data-testid=dial-input]');
const says = () => find('[data-testid=dial-says]').textContent;
const submit = () =>
  act(() => void find('[data-testid=dial]').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));

describe('the device that rings', () => {
  const devices = ['desk', 'mobile'].map((id) => ({ id, name: id, sipUser: id }));
  const select = () => find<HTMLSelectElement>('[data-testid=ring-device]');
  const pick = (id: string) =>
    act(async () => {
      select().value = id;
      select().dispatchEvent(new Event('change', { bubbles: true }));
      await Promise.resolve();
    });

  it.each([
    ['none', []],
    ['one', devices.slice(0, 1)],
  ])('is nothing to pick with %s', async (_, own) => {
    await open('', own);
    expect(document.querySelector('[data-testid=ring-device]')).toBeNull();
  });

  it('is picked for this browser', async () => {
    const send = fakeSend({ pickRingDevice: succeed(null) });
    await open('', devices, send);
    expect(select().value).toBe('desk');
    await pick('mobile');
    expect(send.sent).toEqual([{ name: 'pickRingDevice', data: 'mobile' }]);
  });

  it('stays what it was, with a reason, when it could not be picked', async () => {
    await open('', devices, fakeSend({ pickRingDevice: fail('sip_device_unknown') }));
    await pick('mobile');
    expect(select().value).toBe('desk');
    expect(find('[data-testid=dial] [role=alert]').textContent).toBe(en.failure_sip_device_unknown);
  });
});

describe('DialField', () => {
  it('shows the number as it will be dialled, and calls that', async () => {
    const { dial } = await open();
    await type('[data-testid=dial-input]', '0168 345 6789 ext 12');
    expect(says()).toContain('Will call 0383 456 789 · +84 383 456 789 · Vietnam');
    expect(says()).toContain(en.dial_renumbered);
    expect(says()).toContain('12');
    await submit();
    expect(dial).toHaveBeenCalledExactlyOnceWith('+84383456789', { extension: '12' });
  });

  it('takes no Enter for a number that was offered, until that can have been seen', async () => {
    const { dial, offer } = await open();
    for (const [number, dialled] of [
      ['0912 345 678', '+84912345678'],
      ['0987 654 321', '+84987654321'],
    ] as const) {
      await offer(number);
      vi.advanceTimersByTime(499);
      await submit();
      expect(dial).not.toHaveBeenCalledWith(dialled, expect.anything());
      vi.advanceTimersByTime(1);
      await submit();
      expect(dial).toHaveBeenLastCalledWith(dialled, { extension: undefined });
    }
  });

  it('takes an Enter at once for a number that was typed before the field was there', async () => {
    const { dial } = await open('0912 345 678');
    await submit();
    expect(dial).toHaveBeenCalledOnce();
  });

  it('offers what was called to be typed over, and leaves alone what is typed while the call is being placed', async () => {
    const placed = Promise.withResolvers<void>();
    const { dial } = await open('0912 345 678');
    dial.mockReturnValue(placed.promise);
    const selected = () => input().value.slice(input().selectionStart ?? 0, input().selectionEnd ?? 0);
    vi.advanceTimersByTime(500);
    await submit();
    expect(selected()).toBe('0912 345 678');
    await type('[data-testid=dial-input]', '0987');
    input().setSelectionRange(4, 4);
    placed.resolve();
    await settle();
    expect(selected()).toBe('');
  });

  it.each([
    ['0912 345 67', en.dial_none],
    ['0912345678 / 0987001122', en.dial_several],
    ['', en.dial_hint],
  ])('calls nothing for %o, keeps it and says why', async (text, why) => {
    const { dial } = await open();
    await type('[data-testid=dial-input]', text);
    await submit();
    expect(dial).not.toHaveBeenCalled();
    expect(input().value).toBe(text);
    expect(says()).toBe(why);
    expect(document.activeElement).toBe(input());
  });

  it('says at once what is wrong with a text that it was opened with', async () => {
    await open('Gọi 0912 345 67 nhé');
    expect([says(), input().getAttribute('aria-invalid')]).toEqual([en.dial_none, 'true']);
    await type('[data-testid=dial-input]', '0912 345 6');
    expect(says()).toBe(en.dial_hint);
  });

  it('does not scold while somebody is still typing', async () => {
    await open();
    await type('[data-testid=dial-input]', '0912');
    expect([says(), input().getAttribute('aria-invalid')]).toEqual([en.dial_hint, 'false']);
  });

  it.each([
    ['Escape', {}, 1, true],
    ['Escape', { isComposing: true }, 0, false],
    ['Enter', { repeat: true }, 0, true],
    ['Enter', {}, 0, false],
  ])('on %s %o closes %d times', async (key, how, closed, prevented) => {
    const { close } = await open('0912345678');
    const event = new KeyboardEvent('keydown', { key, ...how, bubbles: true, cancelable: true });
    await act(() => void input().dispatchEvent(event));
    expect(close).toHaveBeenCalledTimes(closed);
    expect(event.defaultPrevented).toBe(prevented);
  });
});
