import type { Plan } from './plans/compiled-plan.ts';
import type { NumberPlan } from './plans/number-plan.ts';
import { type PlanBook, planBook } from './plans/plan-book.ts';
import { isServiceLine } from './vietnam.ts';

/**
 * A number (E.164 or a service line's digits) as it is printed within `region`: in national format when it belongs there, else in
 * international format. Anything that is not a number is returned unchanged.
 * @param plans full plans; without one the groups follow a typical number of the region
 */
export function formatNational(number: string, region: string, plans?: readonly NumberPlan[]): string {
  const book = planBook(plans);
  if (isServiceLine(number)) return formatService(number);
  const home = book.region(region);
  const national = home && number.startsWith(`+${home.callingCode}`) ? number.slice(home.callingCode.length + 1) : '';
  if (!home || !national || !home.isValid(national)) return formatInternational(number, plans);
  const fit = formattingPlan(home, book).formatOf(national);
  if (!fit) return (home.prefixUsual ? home.nationalPrefix : '') + grouped(home, national);
  const { format, pattern } = fit;
  const template = format.rule
    ? format.template.replace(/(\$\d)/, format.rule.replaceAll('$', '$$$$').replace('$$1', '$$1'))
    : format.template;
  return national.replace(pattern, template);
}

/**
 * `0912345678`: a number as a CRM's search or a spreadsheet takes it, in digits alone where it belongs to `region`, else in E.164.
 */
export function formatPlain(number: string, region: string, plans?: readonly NumberPlan[]): string {
  return formatNational(number, region, plans).replace(/[^\d+]/g, '');
}

/** `+84 912 345 678`: E.164 split into the groups usual for its region; a service line in its dialled form. */
export function formatInternational(number: string, plans?: readonly NumberPlan[]): string {
  if (isServiceLine(number)) return formatService(number);
  const book = planBook(plans);
  const plan = planOfNumber(number, book);
  if (!plan) return number;
  const national = number.slice(plan.callingCode.length + 1);
  const fit = formattingPlan(plan, book).formatOf(national, true);
  const groups = fit ? national.replace(fit.pattern, fit.format.international ?? fit.format.template) : grouped(plan, national);
  return `+${plan.callingCode} ${groups.replace(/[\s()./-]+/g, ' ').trim()}`;
}

/** The plan under which this E.164 number is valid; undefined when there is none for its calling code. */
export function planOfNumber(number: string, book: PlanBook): Plan | undefined {
  for (const length of [1, 2, 3]) {
    const plans = book.callingCode(number.slice(1, 1 + length));
    const national = number.slice(1 + length);
    const fitting = plans.filter((plan) => plan.isValid(national));
    // Where regions share a code, one whose leading digits match is more specific than the main region.
    const known = fitting.find((plan) => plan.leading && new RegExp(`^(?:${plan.leading})`).test(national)) ?? fitting[0];
    if (known) return known;
  }
  return undefined;
}

/** Regions that share a calling code use the formats of the main region. */
function formattingPlan(plan: Plan, book: PlanBook): Plan {
  if (plan.formats) return plan;
  return book.callingCode(plan.callingCode).find(({ formats }) => formats) ?? plan;
}

function formatService(digits: string): string {
  return digits.length === 8
    ? `${digits.slice(0, 4)} ${digits.slice(4)}`
    : `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`;
}

function grouped({ groups, formats }: NumberPlan, national: string): string {
  if (formats) return national;
  const sizes = [...groups].map(Number);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== national.length) return national.replace(/(\d{2,3}?)(?=(?:\d{3})+$)/g, '$1 ').trim();
  return national.replace(new RegExp(sizes.map((size) => `(.{${size}})`).join('')), sizes.map((_, at) => `$${at + 1}`).join(' '));
}
