import type { Call } from '../../relay/contract.ts';
import { findSignal } from '../../utils/calls/call-progress.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import type { LiveState, SeenCall } from '../../utils/storage.ts';
import { isHeard, liveWords, stageText } from '../live/live-words.ts';
import { failureText } from '../view/failure-text.ts';

/** Phones ring well under this long; after it, "it is ringing" would be wrong. */
const ringingMs = 45_000;
const newMs = 120_000;

interface PlacedWords {
  text: string;
  tone: 'busy' | 'good' | 'warn' | 'bad';
}

type Placed = Pick<Call, 'number' | 'state' | 'reason' | 'createdAt' | 'settledAt'>;

interface Words {
  t: Translate<TextKey>;
  format: Pick<Format, 'clock' | 'time'>;
}

/**
 * The outcome of a click in words: from the signals of its call if there are any, else from the click itself.
 * @param now on the relay's clock, like all times here
 */
export function placedWords(call: Placed, live: LiveState | null, { t, format }: Words, now: number): PlacedWords {
  const seen = signalOf(call, live);
  // Without the talk time, which the live strip above already shows.
  if (seen) return { text: stageText(liveWords(seen, now, format), t), tone: 'good' };
  switch (call.state) {
    case 'dispatching':
      return { text: t('placed_dispatching'), tone: 'busy' };
    case 'accepted':
      if (call.settledAt !== null && now - call.settledAt > ringingMs) return { text: t('placed_waiting'), tone: 'good' };
      return { text: t('placed_sent'), tone: 'good' };
    case 'unknown':
      return { text: t('failure_outcome_unknown'), tone: 'warn' };
    case 'rejected':
    case 'not_sent':
      return { text: refusal(call, t, format, now), tone: 'bad' };
  }
}

/** The signalled call that the click led to; one still in progress counts only while signals are received. */
function signalOf({ state, number, createdAt }: Placed, live: LiveState | null): SeenCall | undefined {
  if (!live || state === 'rejected' || state === 'not_sent') return undefined;
  const seen = findSignal(live.calls, number, createdAt);
  return seen && (seen.endedAt !== null || isHeard(live)) ? seen : undefined;
}

/** What prevented an older call may no longer apply, so the text then says when that was. */
function refusal({ reason, createdAt }: Placed, t: Words['t'], format: Words['format'], now: number): string {
  const why = reason === null ? t('placed_failed') : failureText(t, reason);
  return now - createdAt > newMs ? t('placed_then', { time: format.time(createdAt), why }) : why;
}
