import type { TextKey } from '../../utils/i18n/en.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Translate, Values } from '../../utils/i18n/translate.ts';
import { longestCallMs } from '../../utils/live/live-state.ts';
import type { LiveState, SeenCall } from '../../utils/storage.ts';

interface LiveWords {
  key: TextKey;
  values: Values;
  tone: 'ringing' | 'talking' | 'ended';
}

/** Ended calls stay shown this long, so that an agent who looked away sees how they ended. */
const endedMs = 12_000;

/** Whether the relay currently reports the progress of the agent's calls. */
export function isHeard(live: LiveState | null): boolean {
  return live?.signals ?? false;
}

/**
 * The stage of a call in words.
 * @param now on the relay's clock, like the call's times
 * @param isLost whether a call that was going on may have ended since
 */
export function liveWords(call: SeenCall, now: number, format: Pick<Format, 'clock'>, isLost?: boolean): LiveWords {
  const { answeredAt, endedAt } = call;
  const talk = call.talkSeconds ?? (answeredAt === null ? 0 : ((endedAt ?? now) - answeredAt) / 1000);
  const words = (tone: LiveWords['tone'], key: TextKey) => ({ key, values: { time: format.clock(talk) }, tone });
  if (endedAt !== null) return words('ended', talk > 0 ? 'live_ended' : 'live_unanswered');
  const tone = answeredAt === null ? 'ringing' : 'talking';
  if (isLost) return words(tone, 'live_unheard');
  if (answeredAt !== null) return words(tone, 'live_talking');
  if (call.direction === 'inbound') return words(tone, 'live_incoming');
  return words(tone, call.rings === 'own' ? 'placed_sent' : 'live_ringing');
}

/** The same without the running time. */
export function stageText({ key, values }: LiveWords, t: Translate<TextKey>): string {
  return key === 'live_talking' ? t('placed_talking') : t(key, values);
}

/** The calls to show: those in progress and those that ended a moment ago. */
export function shownCalls(calls: readonly SeenCall[], now: number): SeenCall[] {
  return calls.filter(({ startedAt, endedAt }) => (endedAt === null ? now - startedAt < longestCallMs : now - endedAt < endedMs));
}
