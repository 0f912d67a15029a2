import type { Translate } from '../i18n/translate.ts';
import type { Language } from '../messages.ts';
import type { NumberContext, NumberDetails } from '../page/card/card-content.ts';
import type { PageMessage } from '../page/messages.ts';
import { describeNumber, type Explanation, explainNumbers, type FindOptions } from '../phone/find-numbers.ts';
import { formatPlain } from '../phone/format-number.ts';
import { localTimes } from './local-time.ts';

export interface CardLanguage {
  language: Language;
  say: Translate<PageMessage>;
  now: number;
}

/** What is known of a number without asking the relay. */
export function describeForCard(
  context: NumberContext,
  options: Omit<FindOptions, 'context'>,
  device: Pick<NumberDetails, 'device' | 'choice'>,
  words: CardLanguage,
): NumberDetails {
  const { number, extension } = context;
  const { country, type, national, international } = describeNumber(number, options.region, options.plans);
  const marked =
    explanationOf(context, options) ??
    // The page may state the number's country: tries again with that country as the region.
    (country ? explanationOf(context, { ...options, region: country, regions: [options.region] }) : undefined);
  const old = marked?.found?.renumberedFrom;
  return {
    national,
    international,
    plain: formatPlain(number, options.region, options.plans),
    ...placeOf(isCertain(number, country, type) ? country : undefined, type, words),
    ...device,
    remarks: [
      ...(old ? [words.say('card_renumbered', { number: national })] : []),
      ...(extension ? [words.say('card_extension', { extension })] : []),
      // Without a reason the number is from a link or field, which the page itself marks as a phone number.
      words.say(`card_why_${marked?.reason ?? 'link'}` as PageMessage),
    ],
  };
}

/** `Vietnam · mobile`, and the local time there. */
export function placeOf(
  country: string | undefined,
  type: string | undefined,
  { language, say, now }: CardLanguage,
): Pick<NumberDetails, 'kind' | 'localTime'> {
  const name = country && new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(country);
  const key = `card_type_${type}` as PageMessage;
  const typeName = type && say(key) !== key ? say(key) : undefined;
  const times = country ? localTimes(country, now, language) : null;
  const localTime = times && (times.from === times.to ? say('card_time', { time: times.from }) : say('card_times', times));
  return { kind: [name, typeName].filter(Boolean).join(' · '), localTime };
}

/** Some twenty North American countries share +1 and differ only by area code, which a compact plan does not include. */
function isCertain(number: string, country: string | undefined, type: string | undefined): boolean {
  return !(number.startsWith('+1') && country === 'US' && !type);
}

function explanationOf({ number, text, label }: NumberContext, options: Omit<FindOptions, 'context'>): Explanation | undefined {
  const context = label ? { label } : undefined;
  return explainNumbers(text, { ...options, ...(context && { context }) }).find(({ found }) => found?.number === number);
}
