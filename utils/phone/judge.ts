import { contextOf } from './context.ts';
import type { Group } from './digit-runs.ts';
import type { FoundNumber } from './found-number.ts';
import { isOddlyGrouped, isUsuallyGrouped } from './groupings.ts';
import { isOfPerson, type Label } from './labels.ts';
import { isPartOfLonger, type Neighbourhood } from './neighbours.ts';
import { foreignShape, isRange } from './number-shapes.ts';
import type { Reading } from './read-digits.ts';
import type { AcceptReason, RejectReason } from './reasons.ts';
import { bareExtension, looksLikeTaxCode } from './vietnam.ts';

export interface Explanation {
  start: number;
  end: number;
  /** The digits judged, as in the normalised text. */
  text: string;
  verdict: 'number' | 'rejected';
  reason: AcceptReason | RejectReason;
  found?: FoundNumber;
}

/** Accepts or rejects digits that are a valid number, judging by their shape and the text around them. */
export function judge(place: Neighbourhood, reading: Reading, field: Label | undefined): Explanation {
  const { text } = place;
  const own = place.groups.slice(place.first, place.last + 1);
  const { start, end } = bounds(text, own);
  const slice = text.slice(start, end);
  const written = slice.includes('\u200b') ? slice.replaceAll('\u200b', '') : slice;
  const context = contextOf(text, start, end);
  const extension = context.extension ?? bareExtension(reading, text.slice(end, end + 12));
  // For a service line only its four-digit prefix must stand apart; the digits after it may be grouped in any way.
  const isOutweighed =
    context.label?.weak &&
    (own[0]?.plus ||
      (own.length > 1 && (reading.form === 'service' ? own[0]?.digits.length === 4 : isUsuallyGrouped(own, reading))));
  const outside = field?.verdict === 'other' && isOfPerson(text.slice(0, start)) ? undefined : field;
  const label = isOutweighed ? outside : (context.label ?? outside);
  const phone = reading.isCalled || label?.verdict === 'phone';
  const full = end + (extension?.length ?? 0);

  const reason: RejectReason | undefined =
    context.reject ??
    (context.glued && !phone ? 'part-of-code' : undefined) ??
    (isPartOfLonger(place) ? 'part-of-code' : undefined) ??
    (label && !phone ? (label === field ? 'field' : 'label') : undefined) ??
    (phone ? undefined : otherThing(written, own, reading, () => isAlone(text, start, full)));
  if (reason) return { start, end, text: written, verdict: 'rejected', reason };

  const found: FoundNumber = { start, end: full, number: reading.number };
  const dialledAfter = extension?.digits ?? reading.extension;
  if (dialledAfter) found.extension = dialledAfter;
  if (reading.renumberedFrom) found.renumberedFrom = reading.renumberedFrom;
  return { start, end: found.end, text: written, verdict: 'number', reason: acceptance(reading, phone), found };
}

/** The other thing that unlabelled digits look like, if any. */
function otherThing(written: string, own: readonly Group[], reading: Reading, alone: () => boolean): RejectReason | undefined {
  if (reading.form === 'international') return isRange(own) ? 'range' : undefined;
  const shape = foreignShape(written, own);
  if (shape) return shape;
  if (reading.form === 'prefix-missing' && !written.startsWith('(')) return 'prefix-missing';
  // `840912…` in one piece: no one writes a calling code and a trunk prefix together without a separator.
  const surplus = (own[0]?.digits.length ?? 0) - reading.plan.callingCode.length - reading.national.length;
  if (reading.form === 'bare-code' && own.length === 1 && surplus > 0 && !reading.renumberedFrom) return 'prefix-missing';
  if (reading.plan.region === 'VN' && own.length === 1 && looksLikeTaxCode(written)) return 'tax-code';
  // A short number in one piece, although the plan prints it in groups, is suspicious within a sentence.
  const isShort =
    own.length === 1 && written.length < 8 && /[ -]/.test(reading.plan.formatOf(reading.national)?.format.template ?? '');
  return (isShort || isOddlyGrouped(own, reading)) && !alone() ? 'odd-grouping' : undefined;
}

/** Whether the text holds nothing else, as in a table cell or field: there any grouping of valid digits is taken for a number. */
function isAlone(text: string, start: number, end: number): boolean {
  return start + text.length - end < 40 && !text.slice(0, start).trim() && !text.slice(end).trim();
}

function acceptance(reading: Reading, phone: boolean): AcceptReason {
  if (reading.form === 'international') return 'international';
  if (reading.form === 'service') return 'service-line';
  return phone ? 'labelled' : 'national';
}

const separatorBefore = new Set('+( \u200b');

/** Offsets of the number as written: with its + and the bracket of its area code, without a bracket around the whole number. */
function bounds(text: string, own: readonly Group[]): { start: number; end: number } {
  const first = own[0] as Group;
  const end = (own.at(-1) as Group).end;
  const close = first.start > 0 && separatorBefore.has(text[first.start - 1] ?? '');
  if (!close) return { start: first.start, end };
  const lead =
    (first.plus ? /(?:\+[\s\u200b]?)?\(?(?:\+[\s\u200b]?)?$/ : /\(?$/).exec(
      text.slice(Math.max(0, first.start - 6), first.start),
    )?.[0] ?? '';
  const start = first.start - lead.length;
  const inside = text.slice(start, end);
  const unclosed = lead.startsWith('(') && inside.split('(').length > inside.split(')').length;
  return { start: unclosed ? start + 1 : start, end };
}
