import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { addPlaced } from '../testing/add-placed.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { testNow } from '../testing/make-deps.ts';
import { liveCallsOf } from './live-calls-of.ts';
import { createOwnClicks } from './own-clicks.ts';
import { readSignal } from './read-signal.ts';

const clicked = '+84912345678';

describeOnEngines('a device that rings', (make) => {
  it.each([
    ['for a click, from the number clicked', {}, {}, 'outbound', clicked],
    ['for a click, from a number of the company', {}, { From: '02873019555' }, 'outbound', clicked],
    ['for a call that says it comes in', {}, { 'Call-Direction': 'inbound' }, 'inbound', clicked],
    ['for a colleague', {}, { From: '1002' }, 'inbound', '1002'],
    ['long after the click', { created_at: testNow - 31_000 }, {}, 'inbound', clicked],
    ['after a click that was refused', { state: 'rejected' as const }, {}, 'inbound', clicked],
    ['after a click whose call is over', { history_id: 'listed' }, {}, 'inbound', clicked],
    ['after a click for another device', { sip_user: '1002' }, {}, 'inbound', clicked],
  ])('%s', async (_name, row, signal, direction, number) => {
    const deps = await make();
    const device = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
    const placed = { number: clicked, sip_user: '1001', created_at: testNow - 5_000, ...row };
    await addPlaced(deps, device, randomUUID(), placed);
    const heard = readSignal(
      'CHANNEL_CREATE',
      {
        'Call-ID': 'leg',
        'Call-Direction': 'outbound',
        From: '0912345678@pbx',
        To: '1001@pbx',
        'Owner-ID': 'mailan',
        Username: '1001',
        ...signal,
      },
      deps.now(),
    );
    if (!heard) throw new Error('unreadable');
    const calls = await createOwnClicks(deps)(heard, liveCallsOf(heard, 'VN'));
    const seen = { direction, peer: { number }, ...(direction === 'outbound' && { rings: 'own' }) };
    expect([calls.get('number:1001'), calls.get('user:mailan')]).toMatchObject([seen, seen]);
  });

  it('for whoever calls after the device was heard to dial', async () => {
    const deps = await make();
    const device = await addDevice(deps, { sipUser: '1001' });
    await addPlaced(deps, device, randomUUID(), { number: clicked, sip_user: '1001', created_at: testNow });
    const withOwnClicks = createOwnClicks(deps);
    const hear = async (signal: object) => {
      const heard = readSignal('CHANNEL_CREATE', { Username: '1001', ...signal }, deps.now());
      if (!heard) throw new Error('unreadable');
      return (await withOwnClicks(heard, liveCallsOf(heard, 'VN'))).get('number:1001');
    };
    const leg = { 'Call-ID': 'leg', 'Call-Direction': 'inbound', From: '1001@pbx', To: '0912345678@pbx' };
    expect(await hear(leg)).toMatchObject({ direction: 'outbound', peer: { number: clicked } });
    deps.advance(5_000);
    const other = { 'Call-ID': 'other', 'Call-Direction': 'outbound', From: '0987654321@pbx', To: '1001@pbx' };
    expect(await hear(other)).toMatchObject({ direction: 'inbound', peer: { number: '+84987654321' } });
  });

  it('for whoever calls back soon after the ring for a click', async () => {
    const deps = await make();
    const device = await addDevice(deps, { sipUser: '1001' });
    await addPlaced(deps, device, randomUUID(), { number: clicked, sip_user: '1001', created_at: testNow });
    const withOwnClicks = createOwnClicks(deps);
    const ring = async (callId: string) => {
      const heard = readSignal('CHANNEL_CREATE', { 'Call-ID': callId, From: '0912345678@pbx', To: '1001@pbx' }, deps.now());
      if (!heard) throw new Error('unreadable');
      return (await withOwnClicks(heard, liveCallsOf(heard, 'VN'))).get('number:1001')?.direction;
    };
    expect([await ring('leg'), await ring('other leg')]).toEqual(['outbound', 'outbound']);
    deps.advance(20_000);
    expect(await ring('back')).toBe('inbound');
  });
});
