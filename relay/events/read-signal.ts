import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { LiveCall } from '../contract.ts';

/** Kazoo counts seconds from the Gregorian year 0. */
const gregorianOffset = 62_167_219_200;
const states = new Map<string, LiveCall['state']>([
  ['CHANNEL_CREATE', 'ringing'],
  ['CHANNEL_ANSWER', 'answered'],
  ['CHANNEL_DESTROY', 'ended'],
]);

const clean = (text: string) => text.replace(/\p{Cc}/gu, '').trim();
const Text = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(300), v.transform(clean));
const Word = v.fallback(v.optional(Text, ''), '');
const Count = v.fallback(
  v.nullish(v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.finite(), v.minValue(0)), null),
  null,
);

/**
 * An event of the call-signal server. The vendor does not document it; the names are those of 2600Hz Kazoo's blackhole
 * (applications/blackhole/doc). Only the call's id must be there; unknown fields are dropped.
 */
const SignalSchema = v.object({
  'Call-ID': v.pipe(Text, v.minLength(1)),
  'Call-Direction': Word,
  'Caller-ID-Number': Word,
  'Callee-ID-Number': Word,
  From: Word,
  To: Word,
  'Owner-ID': Word,
  'Custom-Channel-Vars': v.fallback(v.optional(v.object({ 'Owner-ID': Word }), { 'Owner-ID': '' }), { 'Owner-ID': '' }),
  Timestamp: Count,
  'Billing-Seconds': Count,
  'Hangup-Cause': Word,
});

export interface Signal {
  callId: string;
  state: LiveCall['state'];
  /** The company's view, as sent. */
  direction: string;
  from: string;
  to: string;
  /** User name of the agent, if the server gives names; else an id that matches nobody. */
  owner: string;
  at: number;
  talkSeconds: number | null;
  cause: string | null;
}

/** Null for an event that is none of the three, or that says of no call. */
export function readSignal(name: string, event: unknown, now: number): Signal | null {
  const state = states.get(name);
  const result = v.safeParse(SignalSchema, event);
  if (!state || !result.success) return null;
  const signal = result.output;
  const sentAt = signal.Timestamp === null ? now : Math.round((signal.Timestamp - gregorianOffset) * 1000);
  return {
    callId: createHash('sha256').update(signal['Call-ID']).digest('hex').slice(0, 32),
    state,
    direction: signal['Call-Direction'],
    from: userPart(signal.From) || signal['Caller-ID-Number'],
    to: userPart(signal.To) || signal['Callee-ID-Number'],
    owner: signal['Owner-ID'] || signal['Custom-Channel-Vars']['Owner-ID'],
    // A clock that is far off says nothing about when.
    at: Math.abs(sentAt - now) < 3_600_000 ? sentAt : now,
    talkSeconds: state === 'ended' ? signal['Billing-Seconds'] : null,
    cause: state === 'ended' ? signal['Hangup-Cause'] || null : null,
  };
}

function userPart(address: string): string {
  return address.replace(/^sips?:/i, '').replace(/@.*$/, '');
}
