import { formatInternational, formatNational, planOfNumber } from './format-number.ts';
import { whole } from './plans/compiled-plan.ts';
import type { LineType, NumberPlan } from './plans/number-plan.ts';
import { planBook } from './plans/plan-book.ts';
import { isServiceLine } from './vietnam.ts';

export interface NumberDescription {
  /** ISO 3166 region; absent when no plan knows the number. The main one where regions of a shared code cannot be told apart. */
  country?: string;
  /** Known only where the region's full plan is loaded. */
  type?: LineType;
  /** As printed within the home region; foreign numbers are in international format. */
  national: string;
  international: string;
}

/** What a hover card says about a number (E.164 or a service line's digits), seen from the home region. */
export function describeNumber(number: string, region: string, plans?: readonly NumberPlan[]): NumberDescription {
  const printed = { national: formatNational(number, region, plans), international: formatInternational(number, plans) };
  if (isServiceLine(number)) return { country: 'VN', type: 'service', ...printed };
  const plan = planOfNumber(number, planBook(plans));
  if (!plan) return printed;
  const type = typeOf(plan, number.slice(plan.callingCode.length + 1));
  const country = plan.region.startsWith('001') ? undefined : plan.region;
  return { ...(country && { country }), ...(type && { type }), ...printed };
}

function typeOf({ types = {} }: NumberPlan, national: string): LineType | undefined {
  const names = (Object.keys(types) as LineType[]).filter((type) => whole(types[type] as string).test(national));
  const isEither = names[0] === 'landline' && (names.includes('mobile') || !types.mobile);
  return isEither ? 'landline-or-mobile' : names[0];
}
