// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, it, vi } from 'vitest';
import type { Failure, Reply } from '../../utils/reply.ts';
import { fail, succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { mount, settle } from '../testing/mount.tsx';
import { useLoaded } from './use-loaded.ts';
import type { Send } from './view.ts';

const listSites = (send: Send) => send('listSites');

async function open(...answers: (Reply<string[]> | (() => Promise<Reply<string[]>>))[]) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
  let loaded: ReturnType<typeof useLoaded<string[]>> | null = null;
  const Probe = () => {
    loaded = useLoaded(listSites, 60_000);
    return null;
  };
  await mount(fakeView(fakeSend({ listSites: answers }).send), <Probe />);
  const now = () => loaded as unknown as ReturnType<typeof useLoaded<string[]>>;
  return {
    now,
    state: (): [string[] | null, Failure['code'] | undefined] => [now().value, now().failure?.code],
    async comeBack() {
      await act(() => void window.dispatchEvent(new Event('focus')));
      await settle();
    },
  };
}

it('reads anew when the person comes back, and keeps what was read while it cannot', async () => {
  const { state, comeBack } = await open(succeed(['a']), succeed(['b']), fail('extension_reloaded'), succeed(['c']));
  expect(state()).toEqual([['a'], undefined]);
  await comeBack();
  expect(state()).toEqual([['b'], undefined]);
  await comeBack();
  expect(state()).toEqual([['b'], 'extension_reloaded']);
  await comeBack();
  expect(state()).toEqual([['c'], undefined]);
});

it('shows why an action was refused until it is tried again, whoever comes back meanwhile', async () => {
  const { now, state, comeBack } = await open(succeed(['a']));
  await act(() => now().take(fail('site_permission_missing')));
  await comeBack();
  expect(state()).toEqual([['a'], 'site_permission_missing']);
  await act(() => now().retry());
  await settle();
  expect(state()).toEqual([['a'], undefined]);
});

it('lets no answer that was on its way undo an action', async () => {
  const late = Promise.withResolvers<Reply<string[]>>();
  const { now, state, comeBack } = await open(succeed(['a']), () => late.promise);
  await comeBack();
  await act(() => now().take(succeed([])));
  late.resolve(succeed(['a']));
  await settle();
  expect(state()).toEqual([[], undefined]);
});
