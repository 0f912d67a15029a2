/** Stands among origins for the choice of all sites. */
export const allSites = 'https://*';

/**
 * The match pattern of an origin, for permissions and scripts. It omits the port, which Firefox's patterns do not support
 * (developer.mozilla.org, Match patterns); the background therefore answers a page only when its exact origin is enabled.
 */
export function sitePattern(origin: string): string {
  const [, scheme, host] = /^(https?):\/\/(\[[^\]]+\]|[^:/]+)(?::\d+)?$/.exec(origin) ?? [];
  if (!scheme || !host) throw new TypeError(`Not an origin: ${origin}`);
  return `${scheme}://${host}/*`;
}

/** Whether an origin is among the chosen ones, or is covered by "all sites" and not refused. */
export function isChosen(origin: string, chosen: string[], refused: string[] = []): boolean {
  if (chosen.includes(origin)) return true;
  return !refused.includes(origin) && chosen.some((one) => one.endsWith('://*') && origin.startsWith(one.slice(0, -1)));
}
