import { type LiveCall, withheldNumber } from '../contract.ts';
import { partyKeys } from '../history/party-key.ts';
import { readNumber } from '../history/read-number.ts';
import type { Signal } from './read-signal.ts';

/** What switches write where a caller keeps the number back. */
const withheldWords = /^(anonymous|restricted|private|unknown|unavailable|withheld|)$/i;

/**
 * Whose call a signal tells of: a live call for each party, by the keys that agents are found by. The caller of an incoming
 * call is whoever the network says, so an outsider's number that looks like an agent's makes it nobody's.
 */
export function liveCallsOf(signal: Signal, homeRegion: string): Map<string, LiveCall> {
  const { callId, state, from, to, owner, at, talkSeconds, cause } = signal;
  const isIncoming = signal.direction === 'inbound';
  const seenBy = (peer: string, direction: 'outbound' | 'inbound'): LiveCall => {
    const { number } = readNumber(peer, homeRegion);
    const isWithheld = withheldWords.test(peer);
    const isInternal = number === null && !isWithheld && /^\w{1,40}$/.test(peer);
    return {
      callId,
      state,
      // Whoever is called is to be told of it, be it by a colleague.
      direction: isInternal && direction === 'outbound' ? 'internal' : direction,
      peer: { number: number ?? (isWithheld ? withheldNumber : peer), name: null },
      at,
      talkSeconds,
      cause,
    };
  };
  const called = seenBy(from, 'inbound');
  const calling = seenBy(to, 'outbound');
  const calls = new Map<string, LiveCall>();
  for (const key of partyKeys({ number: to, username: null }, homeRegion)) calls.set(key, called);
  if (!isIncoming) for (const key of partyKeys({ number: from, username: null }, homeRegion)) calls.set(key, calling);
  if (owner)
    for (const key of partyKeys({ number: '', username: owner }, homeRegion)) calls.set(key, isIncoming ? called : calling);
  return calls;
}
