import type { Plan } from './plans/compiled-plan.ts';
import type { PlanBook } from './plans/open-book.ts';
import { renumberedMobile } from './renumbered-mobiles.ts';
import { isForceLine, isServiceLine } from './vietnam.ts';

/** How the digits were written: the first three are convincing by themselves, the others need a label or a typical layout. */
type WrittenForm = 'international' | 'prefixed' | 'service' | 'plain' | 'prefix-missing' | 'bare-code';

export interface Reading {
  /** E.164, or the bare digits of a service line. */
  number: string;
  renumberedFrom?: string;
  form: WrittenForm;
  plan: Plan;
  /** National significant number. */
  national: string;
  /** Whether a call link around the digits calls this number: the page's own word that they are one. */
  isCalled?: boolean;
  /** The extension that the link dials. */
  extension?: string;
}

/**
 * The number that the digits are, or undefined.
 * @param plus whether a + precedes them
 * @param plans the regions whose national numbers count, home first
 * @param lead how many digits the first group has
 */
export function readDigits(
  digits: string,
  plus: boolean,
  plans: readonly Plan[],
  book: PlanBook,
  lead = digits.length,
): Reading | undefined {
  if (plus) return international(digits, book);
  const [home, ...others] = plans;
  if (!home) return undefined;
  const own = national(digits, home) ?? (lead < home.callingCode.length ? undefined : bareCode(digits, home));
  if (own) return own;
  for (const plan of others) {
    const reading = national(digits, plan);
    if (reading) return reading;
  }
  const near = neighbour(digits, home, book);
  if (near) return near;
  // Up to ten digits in one piece are an id with leading zeros.
  const abroad = (lead < digits.length || lead > 10) && home.iddPattern.exec(digits);
  return abroad ? international(digits.slice(abroad[0].length), book) : undefined;
}

/** A home number in international format without its +. */
function bareCode(digits: string, home: Plan): Reading | undefined {
  if (!digits.startsWith(home.callingCode)) return undefined;
  const rest = digits.slice(home.callingCode.length);
  const reading = subscriber(rest, home, 'bare-code') ?? withoutTrunk(rest, home, 'bare-code');
  return reading?.form === 'service' ? undefined : reading;
}

function international(digits: string, book: PlanBook): Reading | undefined {
  for (let length = 1; length <= 3; length++) {
    const plans = book.callingCode(digits.slice(0, length));
    for (const plan of plans) {
      const rest = digits.slice(length);
      const reading = subscriber(rest, plan, 'international') ?? withoutTrunk(rest, plan, 'international');
      if (reading) return reading;
    }
    if (plans.length > 0) return undefined;
  }
  return undefined;
}

/** `+84 (0)912…`, `+84 0912…`: the national prefix does not belong after a calling code, but people write it. */
function withoutTrunk(rest: string, plan: Plan, form: WrittenForm): Reading | undefined {
  const prefix = plan.nationalPrefix;
  return prefix && rest.startsWith(prefix) ? subscriber(rest.slice(prefix.length), plan, form) : undefined;
}

function national(digits: string, plan: Plan): Reading | undefined {
  const stripped = plan.strip(digits);
  if (stripped !== null) {
    const reading = subscriber(stripped, plan, 'prefixed');
    if (reading && reading.form !== 'service') return reading;
  }
  const reading = subscriber(digits, plan, 'plain');
  return reading?.form === 'plain' && plan.takesPrefix(reading.national) ? { ...reading, form: 'prefix-missing' } : reading;
}

/** Regions that share the calling code are dialled like home numbers: Canada from the United States, Jersey from Britain. */
function neighbour(digits: string, home: Plan, book: PlanBook): Reading | undefined {
  const neighbours = book.callingCode(home.callingCode);
  if (neighbours.length < 2) return undefined;
  const prefixed = home.strip(digits);
  const stripped = prefixed ?? (home.prefixUsual ? '' : digits);
  for (const plan of neighbours) {
    const sure = plan.types || plan.leading;
    if (plan !== home && sure && stripped && plan.isValid(stripped))
      return subscriber(stripped, plan, prefixed === null ? 'plain' : 'prefixed');
  }
  return undefined;
}

function subscriber(digits: string, plan: Plan, form: WrittenForm): Reading | undefined {
  const e164 = (significant: string) => `+${plan.callingCode}${significant}`;
  if (plan.region === 'VN') {
    if (isServiceLine(digits)) return { number: digits, form: 'service', plan, national: digits };
    const fresh = renumberedMobile(digits, plan.former?.mobiles ?? {});
    if (fresh) return { number: e164(fresh), renumberedFrom: e164(digits), form, plan, national: fresh };
    // Other digits that begin with 1, and seven digits that begin with 7, are short codes: without an international prefix they
    // look like any other digits.
    if (/^(?:1|7.{6}$)/.test(digits) && form !== 'international') return undefined;
    if (isForceLine(digits)) return { number: e164(digits), form, plan, national: digits };
  }
  return plan.isValid(digits) ? { number: e164(digits), form, plan, national: digits } : undefined;
}
