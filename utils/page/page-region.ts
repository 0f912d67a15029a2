/**
 * Regions with that of the page's language first. It comes after the home region all the same: a `lang` tells what the people at the
 * desk read, not where their customers live.
 */
export function nearestFirst(regions: readonly string[], lang: string): string[] {
  const own = regionOf(lang);
  return regions.toSorted((one, other) => Number(other === own) - Number(one === own));
}

function regionOf(lang: string): string | undefined {
  try {
    return new Intl.Locale(lang).maximize().region;
  } catch {
    // The page says nothing, or no language.
    return undefined;
  }
}
