import type { HistoryCall, LiveCall, NumberFacts } from '../../relay/contract.ts';
import { formatNational } from '../phone/format-number.ts';
import type { AgentSettings } from '../storage.ts';
import { isWithheld } from './is-withheld.ts';
import type { NoticeWords } from './notice-words.ts';

/** A notification that both browsers can show; Firefox omits the button. */
export interface Notice {
  id: string;
  title: string;
  message: string;
  button: string | null;
  /** Stays on screen until the call is answered or over. */
  isUrgent: boolean;
}

interface NoticeContext {
  settings: Pick<AgentSettings, 'showCaller'>;
  words: NoticeWords;
  region: string;
  now: number;
}

export const missedNoticeId = 'missed';
export const incomingNoticeId = (callId: string) => `incoming:${callId}`;
/** The id of the call that an incoming-call notification is about. */
export const callIdOf = (noticeId: string): string | null => /^incoming:([0-9a-f]{32})$/.exec(noticeId)?.[1] ?? null;

const mostNamed = 4;

/** Notification of calls missed since the agent last looked, newest first; at least one. */
export function missedNotice(calls: readonly HistoryCall[], { settings, words, region, now }: NoticeContext): Notice {
  const { say, format } = words;
  const line = (call: HistoryCall) =>
    say('missedFrom', { caller: callerOf(call.peer, words, region), time: format.moment(call.startedAt, now) });
  return {
    id: missedNoticeId,
    title: calls.length === 1 ? say('missedOne') : say('missedMany', { count: format.count(calls.length) }),
    message: settings.showCaller ? calls.slice(0, mostNamed).map(line).join('\n') : say('missedHidden'),
    button: null,
    isUrgent: false,
  };
}

/**
 * Notification of a call that rings now. `facts` null: the relay did not answer in time. `hasCrm`: the CRM can be opened for the
 * number.
 */
export function incomingNotice(
  call: LiveCall,
  facts: NumberFacts | null,
  hasCrm: boolean,
  { settings, words, region, now }: NoticeContext,
): Notice {
  const { say } = words;
  const button = hasCrm ? say('openCrm') : null;
  const notice = { id: incomingNoticeId(call.callId), isUrgent: true, button };
  if (!settings.showCaller) return { ...notice, title: say('incoming'), message: say('incomingHidden') };
  const known = facts && knownCaller(facts, words, now);
  const name = call.peer.name ?? known?.name ?? null;
  const caller = callerOf({ number: call.peer.number, name }, words, region);
  return { ...notice, title: say('incomingFrom', { caller }), message: known?.lines.join('\n') ?? '' };
}

/** What earlier calls tell about a caller, in words. */
export interface KnownCaller {
  name: string | null;
  /** The last call placed to them, the last talk with them, and the note. */
  lines: string[];
}
export function knownCaller(facts: NumberFacts, { say, format }: NoticeWords, now: number): KnownCaller {
  const { last, lastAnswered, note, placed = null } = facts;
  const line = (word: 'lastPlaced' | 'lastTalk' | 'lastTry', at: number) =>
    say(word, { time: `${format.day(at, now)} ${format.time(at)}` });
  // A placed call that the history does not list yet may be newer than all that it lists.
  const isPending = placed !== null && placed > (last?.startedAt ?? 0);
  const lines = isPending ? [line('lastPlaced', placed)] : [];
  if (lastAnswered) lines.push(line('lastTalk', lastAnswered.startedAt));
  else if (!isPending) lines.push(last ? line('lastTry', last.startedAt) : say('neverBefore'));
  if (note?.text) lines.push(note.text);
  return { name: last?.peer.name ?? null, lines };
}

function callerOf({ number, name }: HistoryCall['peer'], { say }: NoticeWords, region: string): string {
  if (isWithheld(number)) return say('numberWithheld');
  const shown = formatNational(number, region);
  return name ? `${name} (${shown})` : shown;
}
