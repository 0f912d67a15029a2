import type { TextKey } from '../../utils/i18n/en.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Values } from '../../utils/i18n/translate.ts';
import { longestCallMs } from '../../utils/live/live-state.ts';
import type { LiveState, SeenCall } from '../../utils/storage.ts';

export interface LiveWords {
  text: { key: TextKey; values?: Values };
  tone: 'ringing' | 'talking' | 'ended';
}

/** Ended calls stay shown this long, so that an agent who looked away sees how they ended. */
const endedMs = 12_000;

/** Whether the relay currently reports the progress of the agent's calls. */
export function isHeard(live: LiveState | null): boolean {
  return live?.link === 'open' && live.signals;
}

/** Whether reports have stopped, so that a call shown as in progress may have ended since. */
export function isLost({ link, signals }: LiveState): boolean {
  return link === 'waiting' || (link === 'open' && !signals);
}

/** The stage of a call in words. @param now on the relay's clock, like the call's times */
export function liveWords(call: SeenCall, now: number, format: Pick<Format, 'clock'>): LiveWords {
  if (call.endedAt !== null) {
    const talk = call.talkSeconds ?? (call.answeredAt === null ? 0 : (call.endedAt - call.answeredAt) / 1000);
    const text =
      talk > 0 ? { key: 'live_ended' as const, values: { time: format.clock(talk) } } : { key: 'live_unanswered' as const };
    return { text, tone: 'ended' };
  }
  if (call.answeredAt !== null)
    return { text: { key: 'live_talking', values: { time: format.clock((now - call.answeredAt) / 1000) } }, tone: 'talking' };
  return { text: { key: call.direction === 'inbound' ? 'live_incoming' : 'live_ringing' }, tone: 'ringing' };
}

/** The calls to show: those in progress and those that ended a moment ago. */
export function shownCalls(calls: readonly SeenCall[], now: number): SeenCall[] {
  return calls.filter(({ startedAt, endedAt }) => (endedAt === null ? now - startedAt < longestCallMs : now - endedAt < endedMs));
}
