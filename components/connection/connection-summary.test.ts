import { describe, expect, it } from 'vitest';
import type { Me } from '../../relay/contract.ts';
import { connectedSession, placedCall } from '../testing/samples.ts';
import { connectionSummary } from './connection-summary.ts';
import type { SessionState } from './session-store.ts';

const me = connectedSession().me as Me;
const state = (more: Partial<SessionState> = {}): SessionState => ({
  session: connectedSession(),
  failure: null,
  busy: false,
  ...more,
});
const withMe = (change: Partial<Me>) => state({ session: { ...connectedSession(), me: { ...me, ...change } } });
const failure = (code: string) => ({ code, message: '' });
const offline = placedCall('a', { state: 'rejected', reason: failure('device_offline') });

describe('connectionSummary', () => {
  it.each([
    ['nothing known yet', state({ session: null }), undefined, 'busy', 'status_loading', null],
    ['no connection', state({ session: { connected: false } }), undefined, 'warn', 'status_not_connected', 'options'],
    ['no device', withMe({ agent: { ...me.agent, mapped: false } }), undefined, 'warn', 'status_not_mapped', 'retry'],
    [
      'an admin’s missing device',
      withMe({ agent: { ...me.agent, mapped: false, role: 'admin' } }),
      undefined,
      'warn',
      'status_not_mapped',
      'options',
    ],
    [
      'AntBuddy away',
      withMe({ upstream: { state: 'unreachable', checkedAt: 0 } }),
      undefined,
      'warn',
      'status_upstream_unreachable',
      'retry',
    ],
    [
      'AntBuddy not asked yet',
      withMe({ upstream: { state: 'unknown', checkedAt: null } }),
      undefined,
      'good',
      'status_ready',
      null,
    ],
    ['a device that was offline', state(), offline, 'warn', 'status_device_offline', null],
    ['all well', state(), placedCall('a'), 'good', 'status_ready', null],
  ] as const)('tells %s', (_, session, lastCall, tone, key, action) => {
    expect(connectionSummary(session, lastCall)).toMatchObject({ tone, text: { key }, action });
  });

  const [desk, mobile] = ['Desk', 'Mobile'].map((name) => ({ id: name, name, sipUser: `sip-${name}` }));
  const several = withMe({ agent: { ...me.agent, sipDevices: [desk, mobile] as NonNullable<Me['agent']['sipDevices']> } });
  it.each([
    ['the first until one is picked', null, undefined, 'Desk'],
    ['the picked one', 'Mobile', undefined, 'Mobile'],
    ['the one that was offline, whichever is picked', 'Desk', { ...offline, sipUser: 'sip-Mobile' }, 'Mobile'],
  ])('names of several devices %s', (_, picked, lastCall, device) => {
    expect(connectionSummary(several, lastCall, picked)).toMatchObject({ text: { values: { device } } });
  });

  it.each([
    ['relay_unreachable', 'retry'],
    ['device_revoked', 'options'],
    ['relay_permission_missing', 'options'],
  ])('answers %s with %s', (code, action) => {
    expect(connectionSummary(state({ failure: failure(code) }), undefined)).toEqual({
      tone: 'bad',
      text: { failure: failure(code) },
      action,
    });
  });
});
