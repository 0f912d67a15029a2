/**
 * The match pattern of an origin, for permissions and scripts. Without the port, which Firefox's patterns cannot say
 * (developer.mozilla.org, Match patterns); the background therefore answers a page only when its exact origin is enabled.
 * `https://*` stands for all sites.
 */
export function sitePattern(origin: string): string {
  const [, scheme, host] = /^(https?):\/\/(\[[^\]]+\]|[^:/]+)(?::\d+)?$/.exec(origin) ?? [];
  if (!scheme || !host) throw new TypeError(`Not an origin: ${origin}`);
  return `${scheme}://${host}/*`;
}

/** Whether an origin is one of the chosen, or is covered by "all sites" and not refused. */
export function isChosen(origin: string, chosen: string[], refused: string[] = []): boolean {
  if (chosen.includes(origin)) return true;
  return !refused.includes(origin) && chosen.some((one) => one.endsWith('://*') && origin.startsWith(one.slice(0, -1)));
}
