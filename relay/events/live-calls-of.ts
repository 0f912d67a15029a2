import { type LiveCall, withheldNumber } from '../contract.ts';
import { type Prefixes, undialled, usualPrefixes } from '../history/mirrored-call.ts';
import { partyKeys } from '../history/party-key.ts';
import { readNumber } from '../history/read-number.ts';
import type { Signal } from './read-signal.ts';

/** What switches send as the number of a caller who withholds it. */
const withheldWords = /^(anonymous|restricted|private|unknown|unavailable|withheld|)$/i;

/**
 * The live call of a signal for each of its parties, by the keys under which agents are found. The direction may be the company's
 * view or the server's (reading note 12), so where an outside number is recognised, that decides. The network sets the caller
 * number of an incoming call: one that looks like an agent's number must not make the call that agent's. `prefixes` are those
 * that numbers are dialled with.
 */
export function liveCallsOf(signal: Signal, homeRegion: string, prefixes: Prefixes = usualPrefixes): Map<string, LiveCall> {
  const { callId, state, from, to, fromUser, toUser, placedBy, owner, at, talkSeconds, cause } = signal;
  const dialled = undialled(to, homeRegion, prefixes);
  const isNumber = (text: string) => readNumber(text, homeRegion).number !== null;
  const isFromOutside = isNumber(from) || withheldWords.test(from);
  // Calls from outside have no owner.
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
      // The called party always sees an inbound call, even from a colleague, so that it is announced.
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
