import { compilePlan, type Plan } from './compiled-plan.ts';
import type { NumberPlan } from './number-plan.ts';
import { bundledPlans, compactRows } from './plan-data.ts';

/** All plans at hand: every region's compact plan, the bundled full ones, and those given. */
export interface PlanBook {
  region(region: string): Plan | undefined;
  /** The plans that share a calling code, the main region first; none for a code that is not assigned. */
  callingCode(code: string): readonly Plan[];
}

let compact: NumberPlan[] | undefined;
let ownBook: PlanBook | undefined;
const books = new WeakMap<readonly NumberPlan[], PlanBook>();

/** `given` plans win over those bundled. One book is made for each list given, so keep the list. */
export function planBook(given?: readonly NumberPlan[]): PlanBook {
  if (!given?.length) {
    ownBook ??= openBook([]);
    return ownBook;
  }
  let book = books.get(given);
  if (!book) {
    book = openBook(given);
    books.set(given, book);
  }
  return book;
}

function openBook(given: readonly NumberPlan[]): PlanBook {
  compact ??= compactRows.trim().split('\n').map(compactPlan);
  const byRegion = new Map<string, NumberPlan>(compact.map((plan) => [plan.region, plan]));
  for (const plan of [...bundledPlans, ...given]) byRegion.set(plan.region, plan);
  const byCode = Map.groupBy(byRegion.values(), (plan) => plan.callingCode);
  const sharing = new Map<string, Plan[]>();
  return {
    region(region) {
      const plan = byRegion.get(region);
      return plan && compilePlan(plan);
    },
    callingCode(code) {
      let plans = sharing.get(code);
      if (!plans) {
        plans = (byCode.get(code) ?? []).map(compilePlan);
        sharing.set(code, plans);
      }
      return plans;
    },
  };
}

function compactPlan(row: string): NumberPlan {
  const [region = '', callingCode = '', nationalPrefix = '', leading, usual, groups = '', ...general] = row.split('!');
  const plan: NumberPlan = {
    region,
    callingCode,
    nationalPrefix,
    // Full plans know each region's own; these two cover what a compact plan is used for.
    idd: callingCode === '1' ? '011' : '00',
    prefixUsual: usual === '1',
    groups,
    general: general.join('!') || '[2-9]\\d{9}',
  };
  if (leading) plan.leading = leading;
  return plan;
}
