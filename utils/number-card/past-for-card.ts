import type { HistoryCall, Note, NumberFacts } from '../../relay/contract.ts';
import { createFormat, locales } from '../i18n/format.ts';
import type { NumberPast } from '../page/card/card-content.ts';
import type { PageMessage } from '../page/messages.ts';
import { describeNumber } from '../phone/describe-number.ts';
import type { LineType } from '../phone/plans/number-plan.ts';
import { type CardLanguage, placeOf } from './describe-for-card.ts';

const NOTE_LENGTH = 160;
const WEEK_MS = 6 * 86_400_000;

/** The relay's facts of a number, in words. */
export function pastForCard(facts: NumberFacts, words: CardLanguage): NumberPast {
  const { refusal, note, askedNotToCall } = facts;
  return {
    place: facts.country ? placeOf(facts.country, typeOf(facts), words) : null,
    summary: summaryOf(facts, words),
    note: note && (note.text || note.outcome) ? noteText(note, words) : null,
    refusal: refusal && { text: refusalText(refusal, words), overridable: refusal.overridable },
    ...(askedNotToCall && { warning: words.say('past_asked_not', { when: whenOf(askedNotToCall, words) }) }),
  };
}

/** The relay's number classes as our line types; `mobile` is absent because in some countries it includes landlines. */
const typeOfClass: Record<string, LineType | undefined> = {
  fixed: 'landline',
  toll_free: 'toll-free',
  shared_cost: 'shared-cost',
  premium: 'premium',
};

function typeOf({ number, country, class: kind }: NumberFacts): LineType | undefined {
  return describeNumber(number, country ?? '').type ?? typeOfClass[kind ?? ''];
}

function summaryOf({ week, last, lastAnswered, placed }: NumberFacts, words: CardLanguage): string {
  const { say } = words;
  if (week.calls === 0 && !last) return say('past_never');
  const when = (at: number) => whenOf(at, words);
  const count = week.calls === 0 ? 'past_week_none' : week.calls === 1 ? 'past_week_one' : 'past_week_many';
  const parts = [say(count, { calls: week.calls })];
  // A placed call that the history does not list yet may be newer than all that it lists.
  const isPending = (placed ?? 0) > (last?.startedAt ?? 0);
  if (placed && isPending) parts.push(say('past_last', { what: say('past_placed'), when: when(placed) }));
  else if (last) parts.push(say('past_last', { what: ending(last, words), when: when(last.startedAt) }));
  if (lastAnswered && (isPending || lastAnswered.id !== last?.id))
    parts.push(say('past_reached', { when: when(lastAnswered.startedAt) }));
  return parts.join(' · ');
}

function ending({ direction, disposition, talkSeconds }: HistoryCall, { say, language }: CardLanguage): string {
  const inbound = direction === 'inbound';
  if (disposition === 'answered') {
    const time = createFormat(language).clock(talkSeconds);
    return say(inbound ? 'past_called_in' : 'past_answered', { time });
  }
  // Whatever the switch reports, an inbound call that was not answered is a missed one for the agent.
  return say(inbound ? 'past_missed_in' : (`past_${disposition}` as PageMessage));
}

function noteText({ text, outcome, updatedAt }: Note, words: CardLanguage): string {
  const short = text.length > NOTE_LENGTH ? `${text.slice(0, NOTE_LENGTH).trimEnd()}…` : text;
  const said = [outcome && words.say(`past_outcome_${outcome}` as PageMessage), short].filter(Boolean).join(' · ');
  return words.say('past_note', { when: whenOf(updatedAt, words), text: said });
}

function refusalText({ code, message }: { code: string; message: string }, { say }: CardLanguage): string {
  const key = `error_${code}` as PageMessage;
  const text = say(key);
  // A newer relay may send unknown codes; its own sentence is better than none.
  return text === key ? message : text;
}

/** `14:05` today, `Tue 10:20` or `T3 10:20` within the last week, `3 Jul` before that, with the year when it is another one. */
function whenOf(at: number, { language, now }: CardLanguage): string {
  const write = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locales[language], options).format(at);
  const format = createFormat(language);
  if (format.dayKey(at) === format.dayKey(now)) return format.time(at);
  if (now - at < WEEK_MS) return `${write({ weekday: language === 'vi' ? 'narrow' : 'short' })} ${format.time(at)}`;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return write({ day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) });
}
