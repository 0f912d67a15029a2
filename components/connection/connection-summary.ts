import type { Call } from '../../relay/contract.ts';
import { pickedOf } from '../../utils/calls/ring-device.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Values } from '../../utils/i18n/translate.ts';
import { lostAccess } from '../../utils/relay/lost-access.ts';
import type { Failure } from '../../utils/reply.ts';
import { findOffline } from './find-offline.ts';
import type { SessionState } from './session-store.ts';

/** The state of connection and device in one line, and the one thing to do about it. */
export interface ConnectionSummary {
  tone: 'good' | 'warn' | 'bad' | 'busy';
  text: { key: TextKey; values?: Values } | { failure: Failure };
  action: 'options' | 'retry' | null;
}

const upstreamTexts = {
  busy: 'status_upstream_busy',
  unreachable: 'status_upstream_unreachable',
  refused: 'status_upstream_refused',
} as const;

/** What calls reveal about the agent's devices. */
export interface DeviceNews {
  /** Recent calls, wherever they were placed; times on the relay's clock. */
  calls: readonly Call[];
  /** When a call of the agent was last answered. */
  answeredAt: number;
  now: number;
}

/** Reports the first problem in this order: connection, relay, device, AntBuddy, then the device's state in the latest call. */
export function connectionSummary(
  { session, failure }: SessionState,
  news: DeviceNews,
  picked: string | null,
): ConnectionSummary {
  if (session === null) {
    return failure
      ? { tone: 'bad', text: { failure }, action: 'retry' }
      : { tone: 'busy', text: { key: 'status_loading' }, action: null };
  }
  if (!session.connected) return { tone: 'warn', text: { key: 'status_not_connected' }, action: 'options' };
  if (failure) {
    return { tone: 'bad', text: { failure }, action: lostAccess(failure.code) ? 'options' : 'retry' };
  }
  if (session.me === null) return { tone: 'busy', text: { key: 'status_loading' }, action: 'retry' };
  const { agent, upstream } = session.me;
  const devices = agent.sipDevices;
  const ringing = pickedOf(devices, picked);
  const rings = ringing?.name ?? agent.sipUser ?? '';
  if (!agent.mapped)
    return { tone: 'warn', text: { key: 'status_not_mapped' }, action: agent.role === 'admin' ? 'options' : 'retry' };
  if (upstream.state in upstreamTexts) {
    return { tone: 'warn', text: { key: upstreamTexts[upstream.state as keyof typeof upstreamTexts] }, action: 'retry' };
  }
  const offline = findOffline({
    ...news,
    rings: ringing?.sipUser ?? agent.sipUser,
    reachedAt: devices.length > 1 ? 0 : news.answeredAt,
  });
  if (offline) {
    const device = devices.find(({ sipUser }) => sipUser === offline.sipUser)?.name ?? rings;
    return { tone: 'warn', text: { key: 'status_device_offline', values: { device } }, action: null };
  }
  return { tone: 'good', text: { key: 'status_ready', values: { name: agent.name, device: rings } }, action: null };
}
