/** Common short names of countries. */
const short: Record<string, string> = {
  usa: 'US',
  america: 'US',
  mỹ: 'US',
  uk: 'GB',
  anh: 'GB',
  england: 'GB',
  nhật: 'JP',
  hàn: 'KR',
  korea: 'KR',
  trung: 'CN',
  tàu: 'CN',
  đài: 'TW',
  úc: 'AU',
  sing: 'SG',
  thái: 'TH',
  cam: 'KH',
  hongkong: 'HK',
  vietnam: 'VN',
};

/**
 * Maps what a country column may contain (region codes; names in Vietnamese, English and the region's own language; all in lower
 * case) to ISO 3166 regions. Empty when there is only one region to choose from.
 */
export function countryNames(home: string, others: readonly string[]): Record<string, string> {
  const regions = [...new Set([home, ...others])];
  if (regions.length < 2) return {};
  const names: Record<string, string> = {};
  for (const region of regions) {
    const own = new Intl.Locale(`und-${region}`).maximize().language;
    for (const language of ['en', 'vi', own])
      for (const style of ['long', 'short'] as const) {
        const name = new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' }).of(region);
        if (name) names[name.toLowerCase()] = region;
      }
    names[region.toLowerCase()] = region;
  }
  for (const [name, region] of Object.entries(short)) if (regions.includes(region)) names[name] = region;
  return names;
}
