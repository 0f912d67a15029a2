import { type HistoryCall, type Note, type NumberFacts, type Outcome, OutcomeSchema } from '../../relay/contract.ts';
import { createFormat, locales } from '../i18n/format.ts';
import type { NotableCall, NumberPast } from '../page/card/card-content.ts';
import type { PageMessage } from '../page/messages.ts';
import { describeNumber } from '../phone/describe-number.ts';
import type { LineType } from '../phone/plans/number-plan.ts';
import { type CardLanguage, placeOf } from './describe-for-card.ts';

const NOTE_LENGTH = 160;
const WEEK_MS = 6 * 86_400_000;
/** The outcome of an older call is noted in its row of the list. */
const NOTABLE_MS = 4 * 3_600_000;

/**
 * The relay's facts of a number, in words.
 * @param waiting outcomes that the relay does not have yet, by subject
 */
export function pastForCard(
  facts: NumberFacts,
  words: CardLanguage,
  waiting: Record<string, Pick<Note, 'outcome'>> = {},
): NumberPast {
  const { refusal, note, latest, askedNotToCall } = facts;
  return {
    place: facts.country ? placeOf(facts.country, typeOf(facts), words) : null,
    summary: summaryOf(facts, words),
    note: note && (note.text || note.outcome) ? noteText(note, words) : null,
    refusal: refusal && refusalOf(refusal, words),
    latest: latest && words.now - latest.at < NOTABLE_MS ? notable(latest, words, waiting[latest.subject]) : null,
    ...(askedNotToCall && { warning: words.say('past_asked_not', { when: whenOf(askedNotToCall, words) }) }),
  };
}

function notable(
  { subject, at, note }: NonNullable<NumberFacts['latest']>,
  words: CardLanguage,
  waiting: Pick<Note, 'outcome'> | undefined,
): NotableCall {
  return {
    subject,
    at,
    title: words.say('card_outcome', { when: whenOf(at, words) }),
    outcomes: OutcomeSchema.options.map((id) => ({ id, text: words.say(wordOf(id)) })),
    outcome: (waiting ?? note)?.outcome ?? null,
  };
}

const wordOf = (outcome: Outcome) => `past_outcome_${outcome}` as const;

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
  const said = [outcome && words.say(wordOf(outcome)), short].filter(Boolean).join(' · ');
  return words.say('past_note', { when: whenOf(updatedAt, words), text: said });
}

function refusalOf(
  { code, message, overridable, hours }: NonNullable<NumberFacts['refusal']>,
  { say }: CardLanguage,
): NonNullable<NumberPast['refusal']> {
  if (hours) {
    // With word joiners, so that no line breaks within a span.
    const times = hours.map(({ from, to }) => `${from}\u2060–\u2060${to}`).join(', ');
    const today = times ? say('hours_today', { hours: times }) : say('hours_none');
    return { text: `${say('hours_refused')} ${today}`, overridable, hours: today };
  }
  const key = `error_${code}` as PageMessage;
  const text = say(key);
  // A newer relay may send unknown codes; its own sentence is better than none.
  return { text: text === key ? message : text, overridable };
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
