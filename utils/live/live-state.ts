import type { LiveCall } from '../../relay/contract.ts';
import type { LiveState, SeenCall } from '../storage.ts';

export const nothingLive: LiveState = { relayUrl: null, link: 'off', signals: false, calls: [], lastId: null };

/** Ended calls are shown for a moment and kept for five minutes, the time for which the relay replays them. */
const knownForMs = 300_000;
/** A call whose end was missed while nobody listened counts as over after this time. */
export const longestCallMs = 4 * 3_600_000;
const mostCalls = 50;

/** The state after an event; times are on the relay's clock. A repeated or late event changes nothing. */
export function withEvent(state: LiveState, event: LiveCall, id: string | null): LiveState {
  const known = state.calls.find(({ callId }) => callId === event.callId);
  const seen = known ?? { ...start(event), startedAt: event.at };
  const next = known?.endedAt != null ? known : advance(seen, event);
  const others = state.calls.filter((call) => call !== known && !isOver(call, event.at));
  const calls = [next, ...others].sort((a, b) => b.startedAt - a.startedAt).slice(0, mostCalls);
  return { ...state, calls, lastId: id ?? state.lastId };
}

/**
 * Divides the calls by the relay's list of calls in progress: `known` have ended or are in it; `lost` have an end that was
 * missed.
 */
export function byWord(calls: readonly SeenCall[], going: readonly string[]): { known: SeenCall[]; lost: SeenCall[] } {
  const isKnown = ({ callId, endedAt }: SeenCall) => endedAt !== null || going.includes(callId);
  return { known: calls.filter(isKnown), lost: calls.filter((call) => !isKnown(call)) };
}

function start({ callId, direction, peer }: LiveCall): Omit<SeenCall, 'startedAt'> {
  return { callId, direction, peer, answeredAt: null, endedAt: null, talkSeconds: null };
}

function advance(call: SeenCall, { state, rings, at, talkSeconds }: LiveCall): SeenCall {
  if (state === 'ended') return { ...call, endedAt: at, talkSeconds };
  if (at < (call.rangAt ?? 0)) return { ...call, startedAt: Math.min(call.startedAt, at) };
  if (state === 'answered') return { ...call, answeredAt: call.answeredAt ?? at };
  if (rings === 'other') return at > (call.answeredAt ?? 0) ? { ...call, rings, rangAt: at, answeredAt: null } : call;
  return { ...call, rings, startedAt: Math.min(call.startedAt, at) };
}

function isOver({ startedAt, endedAt }: SeenCall, now: number): boolean {
  return endedAt === null ? now - startedAt > longestCallMs : now - endedAt > knownForMs;
}
