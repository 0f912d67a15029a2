const secondsFromNowBelow = 1e8;
const millisecondsFrom = 1e11;

/**
 * `expire` of the auth token (section 4.3), whose type the document leaves open: seconds from now (below 10^8), epoch seconds,
 * epoch milliseconds, any of these as digits in a string, or an ISO 8601 date. Epoch milliseconds, or null when unreadable.
 */
export function readExpiry(expire: unknown, now: number): number | null {
  const value = typeof expire === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(expire) ? Number(expire) : expire;
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) return null;
    if (value < secondsFromNowBelow) return Math.round(now + value * 1000);
    return Math.round(value < millisecondsFrom ? value * 1000 : value);
  }
  const date = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? null : date;
}
