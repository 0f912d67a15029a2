import type { Outside } from '../phone/finder.ts';
import { type HiddenRule, isHiddenBy } from './hidden-rule.ts';

interface Found {
  number: string;
  start: number;
  end: number;
}
type Find<Number extends Found> = (text: string, outside?: Outside) => Number[];

/** Wraps a finder so that it leaves out hidden numbers; the rule can be replaced later. */
export function withoutHidden<Number extends Found>(find: Find<Number>, rule: HiddenRule) {
  let inForce = rule;
  const findShown: Find<Number> = (text, outside) =>
    find(text, outside).filter(({ number, start, end }) => !isHiddenBy(inForce, number, text.slice(start, end)));
  const set = (now: HiddenRule): void => {
    inForce = now;
  };
  return { find: findShown, set };
}
