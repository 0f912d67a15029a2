import { createHash } from 'node:crypto';
import type { Party } from './call-record.ts';
import type { CallLeg, CallStage, LiveCall } from './calls.ts';

/** Seconds from the Gregorian year 0 to 1970, because Kazoo counts timestamps from year 0. */
const gregorianOffset = 62_167_219_200;
const realm = 'sandbox.antbuddy.test';

const hangupCauses = {
  SUCCESS: 'NORMAL_CLEARING',
  CANCELLED: 'ORIGINATOR_CANCEL',
  BUSY: 'USER_BUSY',
  IVR: 'NO_ANSWER',
  ERROR: 'NORMAL_TEMPORARY_FAILURE',
  UNSUCCESS: 'NO_USER_RESPONSE',
} as const;

interface BlackholeOptions {
  accountId: string;
  ownerId: 'username' | 'opaque';
  callDirection: 'leg' | 'company';
  legs: 'one' | 'interaction' | 'other-leg';
}

/**
 * One call as reported by 2600Hz Kazoo's blackhole (reading note 12; payloads after Kazoo's applications/blackhole/doc).
 * `Call-Direction` is either Kazoo's, where a call placed by a device is inbound to the server and a call that rings it is
 * outbound, or the company's view. `Owner-ID` is given both at the top and in the channel variables, numbers that Kazoo sends as
 * text are text, and fields that a client does not need are present too.
 */
export function blackholeEvent(stage: CallStage, call: LiveCall, nowMs: number, options: Omit<BlackholeOptions, 'legs'>) {
  const agent = call.direction === 'from_ab' ? call.caller : call.callee;
  const username = agent.type === 'user' ? agent.username : agent.number;
  const owner = options.ownerId === 'username' ? username : createHash('md5').update(username).digest('hex');
  const created = stage === 'CHANNEL_CREATE';
  return {
    'App-Name': 'ecallmgr',
    'App-Version': '4.0.0',
    'Call-Direction': (call.direction === 'from_ab') === (options.callDirection === 'leg') ? 'inbound' : 'outbound',
    'Call-ID': call.id,
    'Caller-ID-Name': call.caller.type === 'user' ? call.caller.username : call.caller.number,
    'Caller-ID-Number': call.caller.number,
    'Callee-ID-Number': call.callee.number,
    'Channel-Call-State': created ? 'RINGING' : stage === 'CHANNEL_ANSWER' ? 'ACTIVE' : 'HANGUP',
    'Custom-Channel-Vars': { 'Account-ID': options.accountId, 'Account-Realm': realm, 'Owner-ID': owner, Username: call.sipUser },
    'Event-Category': 'call_event',
    'Event-Name': stage,
    From: address(call.caller),
    'Msg-ID': `${nowMs}${stage.length}`,
    Node: `ecallmgr@${realm}`,
    'Owner-ID': owner,
    Request: address(call.callee),
    Timestamp: Math.floor(nowMs / 1000) + gregorianOffset,
    To: address(call.callee),
    ...(stage === 'CHANNEL_DESTROY' ? ending(call) : {}),
  };
}

/**
 * One stage of a call: one event, or one per leg of an outbound call, since Kazoo has two channels for it: device to server and
 * server to carrier. The legs share an interaction id, or one names the other. With `leg`: the event of that leg alone, where the
 * server rings the device first, as if the number called it.
 */
export function blackholeEvents(stage: CallStage, call: LiveCall, nowMs: number, options: BlackholeOptions, leg?: CallLeg) {
  const event = blackholeEvent(stage, call, nowMs, options);
  if ((options.legs === 'one' && !leg) || call.direction === 'to_ab') return [event];
  const { Username: _device, ...channel } = event['Custom-Channel-Vars'];
  const direction = options.callDirection === 'leg' ? 'outbound' : event['Call-Direction'];
  const carrier = { ...event, 'Call-ID': `${call.id}-carrier`, 'Call-Direction': direction, 'Custom-Channel-Vars': channel };
  const device = leg ? { ...event, ...ringing(event), ...(stage === 'CHANNEL_DESTROY' && ending(call, call.liftedAt)) } : event;
  const legs = leg ? [leg === 'device' ? device : carrier] : [device, carrier];
  if (options.legs === 'other-leg') return legs.map((one) => (one === carrier ? { ...one, 'Other-Leg-Call-ID': call.id } : one));
  return legs.map((one) => ({
    ...one,
    'Custom-Channel-Vars': { ...one['Custom-Channel-Vars'], 'Call-Interaction-ID': `interaction-${call.id}` },
  }));
}

/** The same call as one that rings its device. */
function ringing(event: ReturnType<typeof blackholeEvent>) {
  return {
    'Call-Direction': 'outbound',
    'Caller-ID-Name': event['Callee-ID-Number'],
    'Caller-ID-Number': event['Callee-ID-Number'],
    'Callee-ID-Number': event['Caller-ID-Number'],
    From: event.To,
    Request: event.From,
    To: event.From,
  };
}

function ending(call: LiveCall, answeredAt = call.answeredAt) {
  const endedAt = call.endedAt ?? call.startedAt;
  const talked = answeredAt === null ? 0 : Math.max(1, Math.round((endedAt - answeredAt) / 1000));
  const rang = Math.round(((answeredAt ?? endedAt) - call.startedAt) / 1000);
  return {
    'Billing-Seconds': String(talked),
    'Duration-Seconds': String(talked + rang),
    'Hangup-Cause': hangupCauses[call.outcome ?? 'ERROR'],
    'Ringing-Seconds': String(rang),
  };
}

function address(party: Party): string {
  return `${party.number}@${realm}`;
}
