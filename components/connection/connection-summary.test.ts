import { describe, expect, it } from 'vitest';
import type { Call, Me } from '../../relay/contract.ts';
import { connectedSession, placedCall } from '../testing/samples.ts';
import { connectionSummary, type DeviceNews } from './connection-summary.ts';
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
const news = (calls: readonly Call[] = [], more: Partial<DeviceNews> = {}) => ({ calls, answeredAt: 0, now: 1_060_000, ...more });

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
    ['a device that was offline', state(), [offline], 'warn', 'status_device_offline', null],
    ['all well', state(), [placedCall('a')], 'good', 'status_ready', null],
  ] as const)('tells %s', (_, session, calls, tone, key, action) => {
    expect(connectionSummary(session, news(calls), null)).toMatchObject({ tone, text: { key }, action });
  });

  const [desk, mobile] = ['Desk', 'Mobile'].map((name) => ({ id: name, name, sipUser: `sip-${name}` }));
  const several = withMe({ agent: { ...me.agent, sipDevices: [desk, mobile] as Me['agent']['sipDevices'] } });
  it.each([
    ['the first until one is picked', null, [], 'Desk'],
    ['the picked one', 'Mobile', [], 'Mobile'],
    ['the one that was offline, whichever is picked', 'Desk', [{ ...offline, sipUser: 'sip-Mobile' }], 'Mobile'],
  ])('names of several devices %s', (_, picked, calls, device) => {
    expect(connectionSummary(several, news(calls), picked)).toMatchObject({ text: { values: { device } } });
  });

  const at = (createdAt: number, more: Partial<Call> = {}) => placedCall(String(createdAt), { createdAt, ...more });
  const offlineAt = (createdAt: number, sipUser?: string) => ({ ...at(createdAt, offline), createdAt, sipUser });
  it.each([
    ['a later call that was accepted', state(), [at(2), offlineAt(1)], {}, null],
    ['an earlier call that was accepted', state(), [at(1), offlineAt(2)], {}, true],
    ['a later call that a rule refused', state(), [at(2, { state: 'rejected', reason: null }), offlineAt(1)], {}, true],
    ['a later call that never left', state(), [at(2, { state: 'not_sent', reason: null }), offlineAt(1)], {}, true],
    ['a call that was answered since', state(), [offlineAt(1)], { answeredAt: 2 }, null],
    ['a call that was answered before', state(), [offlineAt(2)], { answeredAt: 1 }, true],
    ['an hour', state(), [offlineAt(1)], { now: 3_600_001 }, null],
    ['a later call by another device', several, [at(2, { sipUser: 'sip-Mobile' }), offlineAt(1, 'sip-Desk')], {}, true],
    ['a later call by the same device', several, [at(2, { sipUser: 'sip-Desk' }), offlineAt(1, 'sip-Desk')], {}, null],
    ['a call that was answered on any of several', several, [offlineAt(1, 'sip-Desk')], { answeredAt: 2 }, true],
  ] as const)('tells of an offline device after %s: %#', (_, session, calls, more, told) => {
    const summary = connectionSummary(session, news(calls, more), null);
    expect('key' in summary.text && summary.text.key).toBe(told ? 'status_device_offline' : 'status_ready');
  });

  it.each([
    ['relay_unreachable', 'retry'],
    ['device_revoked', 'options'],
    ['relay_permission_missing', 'options'],
  ])('answers %s with %s', (code, action) => {
    expect(connectionSummary(state({ failure: failure(code) }), news(), null)).toEqual({
      tone: 'bad',
      text: { failure: failure(code) },
      action,
    });
  });
});
