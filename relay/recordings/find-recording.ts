import type { Deps } from '../deps.ts';
import { findAgentParties } from '../history/find-agent-parties.ts';
import { otherParty } from '../history/other-party.ts';
import { ownRows } from '../history/own-rows.ts';
import { RelayError } from '../http/relay-error.ts';
import type { RecordedCall } from './download-name.ts';

/** Throws `call_not_found` unless the agent took part in the call, `recording_missing` when the call has no recording. */
export async function requireOwnRecording(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  agentId: string,
  callId: string,
): Promise<void> {
  const call = await store.selectFrom('history').select(['started_at', 'recording']).where('id', '=', callId).executeTakeFirst();
  if (!call) throw new RelayError('call_not_found');
  const own = await findAgentParties({ store, config }, agentId);
  const found = own.parties.length
    ? await store
        .selectFrom('history_parties')
        .select('party')
        .where(ownRows(own))
        .where('started_at', '=', call.started_at)
        .where('history_id', '=', callId)
        .executeTakeFirst()
    : undefined;
  if (!found) throw new RelayError('call_not_found');
  if (!call.recording) throw new RelayError('recording_missing');
}

interface OpenedRecording extends RecordedCall {
  agentId: string;
}

/**
 * The recording that a ticket gives access to. Throws `ticket_invalid` if its device or agent has been revoked since,
 * `recording_missing` when the recording is gone.
 */
export async function recordingForTicket(
  { store, config }: Pick<Deps, 'store' | 'config'>,
  deviceId: string,
  callId: string,
): Promise<OpenedRecording> {
  const device = await store
    .selectFrom('devices')
    .innerJoin('agents', 'agents.id', 'devices.agent_id')
    .select('agents.id as agentId')
    .where('devices.id', '=', deviceId)
    .where('devices.revoked_at', 'is', null)
    .where('agents.active', '=', 1)
    .executeTakeFirst();
  if (!device) throw new RelayError('ticket_invalid');
  const call = await store.selectFrom('history').selectAll().where('id', '=', callId).executeTakeFirst();
  if (!call?.recording) throw new RelayError('recording_missing');
  const number = otherParty(call, config);
  return { agentId: device.agentId, startedAt: call.started_at, number, fileName: call.recording };
}
