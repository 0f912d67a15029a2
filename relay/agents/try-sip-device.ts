import { recordAudit } from '../audit/record-audit.ts';
import type { SipDeviceTry } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import type { CounterRule } from '../store/counter-rows.ts';
import { countUp } from '../store/counters.ts';
import { openSip } from './sip-credentials.ts';

const windowMs = 60_000;
const limits = (id: string): CounterRule[] => [
  { bucket: `sip-try:${id}`, limit: 5, windowMs },
  { bucket: 'sip-try:all', limit: 60, windowMs },
];

/**
 * Whether AntBuddy accepts a device's SIP user and password: asks for a voice token (section 4), which rings nothing, and drops it.
 * Few times a minute, so that nobody makes AntBuddy lock a SIP user. Throws `not_found` without such a device or a password of it,
 * and whatever prevented an answer.
 */
export async function trySipDevice(deps: Deps, id: string, actor: string): Promise<SipDeviceTry> {
  const device = await deps.store
    .selectFrom('sip_devices')
    .innerJoin('agents', 'agents.id', 'sip_devices.agent_id')
    .select(['sip_devices.id', 'sip_devices.sip_user', 'sip_devices.sip_password', 'agents.username', 'sip_devices.agent_id'])
    .where('sip_devices.id', '=', id)
    .executeTakeFirst();
  if (!device?.sip_password) throw new RelayError('not_found');
  if (await countUp(deps.store, deps.now(), limits(id))) throw new RelayError('too_many_attempts');
  const accepted = await isAccepted(deps, openSip(deps, { ...device, sip_password: device.sip_password }));
  const detail = { sipUser: device.sip_user, accepted };
  await recordAudit(deps, { actor, action: 'sip-device.test', subject: `agent:${device.agent_id}`, detail });
  return { accepted };
}

async function isAccepted({ antbuddy }: Deps, { sipUser, sipPassword }: ReturnType<typeof openSip>): Promise<boolean> {
  try {
    await antbuddy.voiceToken({ sipUser, sipPassword });
    return true;
  } catch (error) {
    if (error instanceof RelayError && error.code === 'device_offline') return false;
    throw error;
  }
}
