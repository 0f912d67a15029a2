import { createFormat } from '../i18n/format.ts';
import type { Language } from '../messages.ts';

/** Not yet in TypeScript's own types (ECMA-402, Intl Locale Info). */
interface LocaleInfo {
  getTimeZones?(): string[] | undefined;
  timeZones?: string[];
}

/**
 * The current local time in a country: one time, or the earliest and the latest where it has several time zones. Null when its
 * zones are unknown, since a guess could get somebody out of bed.
 */
export function localTimes(country: string, now: number, language: Language): { from: string; to: string } | null {
  const zones = zonesOf(country);
  if (zones.length === 0) return null;
  const clock = (timeZone: string) => createFormat(language, timeZone).time(now);
  const inOrder = zones.map((zone) => ({ zone, offset: offsetOf(zone, now) })).sort((one, other) => one.offset - other.offset);
  return { from: clock((inOrder[0] as { zone: string }).zone), to: clock((inOrder.at(-1) as { zone: string }).zone) };
}

function zonesOf(country: string): string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const locale: LocaleInfo = new Intl.Locale(`und-${country}`) as object;
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** Minutes east of Greenwich. */
function offsetOf(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const [, sign, hours, minutes] =
    /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}
