/**
 * Merges a draft into a newer version, saved by somebody else meanwhile: untouched fields take the newer values, edited ones
 * stay. `both` names the edited fields that the newer version changed to something else.
 */
export function rebaseFields<Fields extends object>(
  draft: Fields,
  before: Fields,
  newer: Fields,
): { draft: Fields; both: (keyof Fields)[] } {
  const names = Object.keys(newer) as (keyof Fields)[];
  const edited = names.filter((name) => !isSame(draft[name], before[name]));
  const both = edited.filter((name) => !isSame(newer[name], before[name]) && !isSame(newer[name], draft[name]));
  return { draft: { ...newer, ...Object.fromEntries(edited.map((name) => [name, draft[name]])) }, both };
}

/** For plain data whose lists and fields keep their order. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
