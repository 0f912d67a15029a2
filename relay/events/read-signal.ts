import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { SentText } from '../antbuddy/sent-text.ts';
import { sipUserOf } from '../antbuddy/sip-user-of.ts';
import type { LiveCall } from '../contract.ts';

/** Kazoo counts seconds from year 0 of the Gregorian calendar. */
const gregorianOffset = 62_167_219_200;
const states = new Map<string, LiveCall['state']>([
  ['CREATE', 'ringing'],
  ['ANSWER', 'answered'],
  ['DESTROY', 'ended'],
]);
/** An event has its own name or that of the binding it matches, `call.CHANNEL_CREATE.<id>`. */
const stageInName = /(?:^|\.)CHANNEL_(\w+?)(?:\.|$)/;
const stateOf = (name: string) => states.get(stageInName.exec(name)?.[1] ?? '');

const Text = SentText(300);
const Word = v.fallback(v.optional(Text, ''), '');
const Count = v.fallback(
  v.nullish(v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.finite(), v.minValue(0)), null),
  null,
);

const ChannelSchema = v.object({ 'Owner-ID': Word, Username: Word, 'Call-Interaction-ID': Word });
const nothing = { 'Owner-ID': '', Username: '', 'Call-Interaction-ID': '' };

/**
 * An event of the call-signal server. The vendor does not document it; the names are those of 2600Hz Kazoo's blackhole
 * (applications/blackhole/doc). Only the call's id is required; unknown fields are dropped.
 */
const SignalSchema = v.object({
  'Call-ID': v.pipe(Text, v.minLength(1)),
  'Other-Leg-Call-ID': Word,
  'Event-Name': Word,
  'Call-Direction': Word,
  'Caller-ID-Number': Word,
  'Callee-ID-Number': Word,
  From: Word,
  'From-Uri': Word,
  To: Word,
  'To-Uri': Word,
  'Owner-ID': Word,
  Username: Word,
  'Custom-Channel-Vars': v.fallback(v.optional(ChannelSchema, nothing), nothing),
  Timestamp: Count,
  'Billing-Seconds': Count,
  'Hangup-Cause': Word,
});

export interface Signal {
  /** Id of the leg that the signal is about. */
  callId: string;
  /** `interaction` is shared by the legs of one call, `otherLeg` is the leg that this one was made for; empty if not given. */
  interaction: string;
  otherLeg: string;
  state: LiveCall['state'];
  /** As sent: the company's view, or the server's, for which a call that a device places is inbound. */
  direction: string;
  from: string;
  to: string;
  /** The SIP users of both sides, where `from` and `to` are written otherwise: as an extension or the company's number. */
  fromUser: string;
  toUser: string;
  /** SIP user of the device that placed the call, authenticated by the server; null if not given. */
  placedBy: string | null;
  /** Whether the device named by the server is the called one. */
  rings: boolean;
  /** User name of the agent, if the server sends names; else an id that matches no agent. */
  owner: string;
  at: number;
  talkSeconds: number | null;
  cause: string | null;
}

/** Null for an event that is none of the three or names no call. */
export function readSignal(name: string, event: unknown, now: number): Signal | null {
  const result = v.safeParse(SignalSchema, event);
  if (!result.success) return null;
  const signal = result.output;
  const state = stateOf(name) ?? stateOf(signal['Event-Name']);
  if (!state) return null;
  const channel = signal['Custom-Channel-Vars'];
  const [fromUser, toUser] = [sipUserOf(signal['From-Uri']), sipUserOf(signal['To-Uri'])];
  const [from, to] = [sipUserOf(signal.From), sipUserOf(signal.To)];
  const device = sipUserOf(channel.Username || signal.Username).toLowerCase();
  const isDevice = (user: string) => user.toLowerCase() === device;
  const rings = device !== '' && [to, toUser].some(isDevice);
  const isPlaced = device !== '' && !rings && [from, fromUser].some(isDevice);
  const sentAt = signal.Timestamp === null ? now : Math.round((signal.Timestamp - gregorianOffset) * 1000);
  return {
    callId: hashOf(signal['Call-ID']),
    interaction: channel['Call-Interaction-ID'],
    otherLeg: signal['Other-Leg-Call-ID'] && hashOf(signal['Other-Leg-Call-ID']),
    state,
    direction: signal['Call-Direction'],
    from: from || signal['Caller-ID-Number'],
    to: to || signal['Callee-ID-Number'],
    fromUser,
    toUser,
    placedBy: isPlaced ? device : null,
    rings,
    owner: signal['Owner-ID'] || channel['Owner-ID'],
    // A time that is far off comes from a wrong clock and is ignored.
    at: Math.abs(sentAt - now) < 3_600_000 ? sentAt : now,
    talkSeconds: state === 'ended' ? signal['Billing-Seconds'] : null,
    cause: state === 'ended' ? signal['Hangup-Cause'] || null : null,
  };
}

const hashOf = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 32);
