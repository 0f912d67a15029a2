/** The time zone of a country that has exactly one, as ICU names it: `VN` → `Asia/Saigon`. Null for countries with several. */
export function homeTimeZone(region: string): string | null {
  // V8 before 13 has a property, later versions a method; TypeScript's types have neither.
  const locale = new Intl.Locale('und', { region }) as { timeZones?: string[]; getTimeZones?: () => string[] };
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  return zones.length === 1 ? (zones[0] ?? null) : null;
}
