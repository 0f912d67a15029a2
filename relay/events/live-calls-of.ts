import { type LiveCall, withheldNumber } from '../contract.ts';
import { type Prefixes, undialled, usualPrefixes } from '../history/mirrored-call.ts';
import { partyKeys } from '../history/party-key.ts';
import { readNumber } from '../history/read-number.ts';
import type { Signal } from './read-signal.ts';

/** What switches write where a caller keeps the number back. */
const withheldWords = /^(anonymous|restricted|private|unknown|unavailable|withheld|)$/i;

/**
 * Whose call a signal tells of: a live call for each party, by the keys that agents are found by. A direction may be the company's
 * view or the server's (reading note 12), so where it can be told who is outside, that decides. The caller of an incoming call is
 * whoever the network says, so an outsider's number that looks like an agent's makes it nobody's. `prefixes` are those that numbers
 * are dialled with.
 */
export function liveCallsOf(signal: Signal, homeRegion: string, prefixes: Prefixes = usualPrefixes): Map<string, LiveCall> {
  const { callId, state, from, to, fromUser, toUser, placedBy, owner, at, talkSeconds, cause } = signal;
  const dialled = undialled(to, homeRegion, prefixes);
  const isNumber = (text: string) => readNumber(text, homeRegion).number !== null;
  const isFromOutside = isNumber(from) || withheldWords.test(from);
  // Outsiders have no owner.
  const isOwned = owner !== '' && !isFromOutside && isNumber(dialled);
  const isPlaced = placedBy !== null || (isOwned && !signal.rings);
  const isIncoming = !isPlaced && (signal.direction === 'inbound' || signal.rings || (isFromOutside && !isNumber(dialled)));
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
  const calling = seenBy(dialled, 'outbound');
  const calls = new Map<string, LiveCall>();
  const tell = (party: { number: string; username: string | null }, call: LiveCall) => {
    for (const key of partyKeys(party, homeRegion)) calls.set(key, call);
  };
  for (const number of [to, toUser]) tell({ number, username: null }, called);
  const callers = placedBy === null ? (isOwned && fromUser ? [fromUser] : [from, fromUser]) : [placedBy];
  if (!isIncoming) for (const number of callers) tell({ number, username: null }, calling);
  if (owner) tell({ number: '', username: owner }, isIncoming ? called : calling);
  return calls;
}
