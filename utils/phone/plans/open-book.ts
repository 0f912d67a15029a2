import { compilePlan, lazy, type Plan } from './compiled-plan.ts';
import type { NumberPlan } from './number-plan.ts';

/** Plans to look up by region and by calling code. */
export interface PlanBook {
  region(region: string): Plan | undefined;
  /** The plans that share a calling code, the main region first; empty for an unassigned code. */
  callingCode(code: string): readonly Plan[];
}

/** A book of every region's compact plan (rows as in `plan-data.ts`) and of full plans; later full plans replace earlier ones. */
export function openBook(rows: string, full: readonly NumberPlan[]): PlanBook {
  const byRegion = new Map(full.map((plan) => [plan.region, plan]));
  // Parsed on first use: most pages have no number whose calling code must be looked up.
  const all = lazy(() =>
    rows
      .trim()
      .split('\n')
      .map(compactPlan)
      .map((plan) => byRegion.get(plan.region) ?? plan),
  );
  const sharing = new Map<string, Plan[]>();
  return {
    region(region) {
      const plan = byRegion.get(region) ?? all().find((other) => other.region === region);
      return plan && compilePlan(plan);
    },
    callingCode(code) {
      let plans = sharing.get(code);
      if (!plans) {
        plans = all().flatMap((plan) => (plan.callingCode === code ? compilePlan(plan) : []));
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
    // Full plans have each region's own prefix; these two are enough for what a compact plan is used for.
    idd: callingCode === '1' ? '011' : '00',
    prefixUsual: usual === '1',
    groups,
    general: general.join('!') || '[2-9]\\d{9}',
  };
  if (leading) plan.leading = leading;
  return plan;
}
