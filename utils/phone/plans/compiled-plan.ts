import type { NumberPlan, PlanFormat } from './number-plan.ts';

/** A plan with its patterns compiled; those that few pages need are compiled on first use. */
export interface Plan extends NumberPlan {
  /** Whether a national significant number is valid: by its types in a full plan, else by the general pattern. */
  isValid(national: string): boolean;
  formatOf(national: string, abroad?: boolean): { pattern: RegExp; format: PlanFormat } | undefined;
  /** Whether this number is printed with the national prefix. */
  takesPrefix(national: string): boolean;
  /** Takes the national prefix off; `null` when there is none to take. */
  strip(digits: string): string | null;
  iddPattern: RegExp;
}

const compiled = new WeakMap<NumberPlan, Plan>();

export function compilePlan(plan: NumberPlan): Plan {
  let known = compiled.get(plan);
  if (!known) {
    known = compile(plan);
    compiled.set(plan, known);
  }
  return known;
}

function compile(plan: NumberPlan): Plan {
  // A bit mask of valid lengths: the digit count alone rules out most digits on a page.
  const lengths = plan.lengths?.reduce((bits, length) => bits | (1 << length), 0) ?? ~0;
  const assigned = lazy(() => ({
    pattern: whole(plan.types ? Object.values(plan.types).join('|') : plan.general),
    leading: plan.leading && !plan.types ? new RegExp(`^(?:${plan.leading})`) : undefined,
  }));
  const prefix = plan.prefixPattern ?? plan.nationalPrefix;
  const prefixPattern = prefix ? new RegExp(`^(?:${prefix})`) : undefined;
  const formats = lazy(() => (plan.formats ?? []).map(compileFormat));

  const formatOf: Plan['formatOf'] = (national, abroad) =>
    formats().find(
      ({ pattern, starts, format }) =>
        (!starts || starts.test(national)) && pattern.test(national) && !(abroad && format.international === 'NA'),
    );

  return {
    ...plan,
    iddPattern: new RegExp(`^(?:${plan.idd})`),
    isValid(national) {
      if (((lengths >> national.length) & 1) === 0) return false;
      const { pattern, leading } = assigned();
      return pattern.test(national) && (!leading || leading.test(national));
    },
    formatOf,
    takesPrefix(national) {
      const format = formatOf(national)?.format;
      // A full plan without a format for this number prints the bare digits.
      if (!format) return !plan.formats && plan.prefixUsual;
      return Boolean(plan.nationalPrefix) && format.rule.includes(plan.nationalPrefix) && !format.prefixOptional;
    },
    strip(digits) {
      if (!plan.prefixPattern) return prefix && digits.startsWith(prefix) ? digits.slice(prefix.length) : null;
      const found = prefixPattern?.exec(digits);
      if (!found?.[0]) return null;
      const captured = found.slice(1).findLast((group) => group !== undefined);
      if (plan.prefixTransform && captured !== undefined) return digits.replace(prefixPattern as RegExp, plan.prefixTransform);
      return digits.slice(found[0].length);
    },
  };
}

function compileFormat(format: PlanFormat) {
  const leading = format.leading.at(-1);
  return { format, pattern: whole(format.pattern), starts: leading ? new RegExp(`^(?:${leading})`) : undefined };
}

/** The pattern anchored at both ends. */
export function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`);
}

export function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
