/** The zone of a country that has one, as ICU names it: `VN` → `Asia/Saigon`. Null where there are several. */
export function homeTimeZone(region: string): string | null {
  // A property before V8 13, a method since; TypeScript knows neither.
  const locale = new Intl.Locale('und', { region }) as { timeZones?: string[]; getTimeZones?: () => string[] };
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  return zones.length === 1 ? (zones[0] ?? null) : null;
}
