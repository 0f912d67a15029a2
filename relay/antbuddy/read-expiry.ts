const secondsFromNowBelow = 1e8;
const millisecondsFrom = 1e11;

/**
 * `expire` of the auth token (section 4.3), whose type the document leaves open: seconds from now (below 10^8), epoch seconds,
 * epoch milliseconds, any of these as digits in a string, or an ISO 8601 date, with a space for its T too. One without a zone is
 * Vietnamese time, unless that is over: then UTC. Read too early it costs another token, read too late the calls. Epoch
 * milliseconds, or null when unreadable.
 */
export function readExpiry(expire: unknown, now: number): number | null {
  const value = typeof expire === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(expire) ? Number(expire) : expire;
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) return null;
    if (value < secondsFromNowBelow) return Math.round(now + value * 1000);
    return Math.round(value < millisecondsFrom ? value * 1000 : value);
  }
  const [, day, time, zone] =
    (typeof value === 'string' && /^\s*(\d{4}-\d\d-\d\d)[T ](\d\d:[\d:.]+) ?(Z|[+-]\d\d:?\d\d)?\s*$/i.exec(value)) || [];
  const dates = (zone ? [zone] : ['+07:00', 'Z']).map((one) => Date.parse(`${day}T${time}${one}`));
  const date = dates.find((one) => one > now) ?? dates.at(-1);
  return date === undefined || Number.isNaN(date) ? null : date;
}
