import { describe, expect, it, vi } from 'vitest';
import type { Call } from '../../relay/contract.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { placedCall } from '../testing/samples.ts';
import { createDialler } from './dialler.ts';

const setUp = (now = () => 5000) => {
  const pending: PromiseWithResolvers<Reply<Call>>[] = [];
  const placeCall = vi.fn((_: string) => {
    const next = Promise.withResolvers<Reply<Call>>();
    pending.push(next);
    return { key: `key ${pending.length}`, settled: next.promise };
  });
  const onSettled = vi.fn();
  const onPress = vi.fn();
  return { dialler: createDialler(placeCall, onSettled, onPress, now), placeCall, onSettled, onPress, pending };
};

describe('createDialler', () => {
  it('shows the call as being placed at once, and its outcome later', async () => {
    const { dialler, onSettled, pending } = setUp();
    const dialled = dialler.dial('+84912345678');
    expect(dialler.store.getState().calls).toMatchObject([{ key: 'key 1', state: 'dispatching', createdAt: 5000 }]);
    pending[0]?.resolve(succeed(placedCall('key 1')));
    await dialled;
    expect(dialler.store.getState().calls).toMatchObject([{ key: 'key 1', state: 'accepted', settledAt: 5000 }]);
    expect(onSettled).toHaveBeenCalledOnce();
  });

  it('places no second call to a number while its first is being placed', async () => {
    const { dialler, placeCall, onPress, pending } = setUp();
    const first = dialler.dial('+84912345678');
    await dialler.dial('+84912345678');
    expect(onPress.mock.calls).toEqual([[false], [false]]);
    void dialler.dial('+84900000000');
    expect(placeCall.mock.calls).toEqual([['+84912345678'], ['+84900000000']]);
    pending[0]?.resolve(fail('relay_unreachable'));
    await first;
    void dialler.dial('+84912345678');
    expect(placeCall).toHaveBeenCalledTimes(3);
  });

  it.each([
    ['is accepted', succeed(placedCall('key 1')), 9_999, 1],
    ['is accepted', succeed(placedCall('key 1')), 10_000, 2],
    ['may be on', fail('outcome_unknown'), 9_999, 1],
    ['may be on', fail('outcome_unknown'), 10_000, 2],
    ['was accepted before the clock was set back', succeed(placedCall('key 1')), -3_600_000, 2],
  ] as const)(
    'a number whose call %s is dialled again only when its device has had time to ring, and until then the press is told: %o, %d ms',
    async (...given) => {
      const [, reply, later, calls] = given;
      let at = 5000;
      const { dialler, placeCall, onPress, pending } = setUp(() => at);
      const first = dialler.dial('+84912345678');
      pending[0]?.resolve(reply);
      await first;
      at += later;
      void dialler.dial('+84912345678');
      expect(placeCall).toHaveBeenCalledTimes(calls);
      expect(onPress).toHaveBeenLastCalledWith(calls === 1);
    },
  );

  it('shows no row of a press that is taken for a call placed elsewhere, and tells it', async () => {
    const { dialler, onPress, pending } = setUp();
    const dialled = dialler.dial('+84912345678');
    pending[0]?.resolve(fail('called_recently'));
    await dialled;
    expect(dialler.store.getState().calls).toEqual([]);
    expect(onPress.mock.calls).toEqual([[false], [true]]);
  });

  it('passes on what rings and why', async () => {
    const { dialler, placeCall } = setUp();
    const wishes = { overrideReason: 'asked for it', extension: '12' };
    void dialler.dial('+84912345678', wishes);
    expect(placeCall.mock.calls).toEqual([['+84912345678', wishes]]);
    expect(dialler.store.getState().calls).toMatchObject([{ extension: '12' }]);
  });

  it('shows a call of another place once, and dials nothing', () => {
    const { dialler, placeCall } = setUp();
    for (let turn = 0; turn < 2; turn += 1) dialler.show(placedCall('elsewhere', { state: 'not_sent' }));
    expect(dialler.store.getState().calls).toMatchObject([{ key: 'elsewhere', state: 'not_sent' }]);
    expect(placeCall).not.toHaveBeenCalled();
  });

  it('forgets calls of more than an hour ago', () => {
    const { dialler } = setUp();
    for (const at of [0, 1, 3_600_000]) dialler.show(placedCall(`at ${at}`, { createdAt: at }));
    expect(dialler.store.getState().calls.map(({ key }) => key)).toEqual(['at 3600000', 'at 1']);
  });

  it.each([
    ['outcome_unknown', 'unknown'],
    ['relay_unreachable', 'not_sent'],
  ] as const)('calls %s %s', async (code, state) => {
    const { dialler, pending } = setUp();
    const dialled = dialler.dial('+84912345678');
    pending[0]?.resolve(fail(code));
    await dialled;
    expect(dialler.store.getState().calls).toMatchObject([{ state, reason: { code } }]);
  });
});
