import { createFinder, type Finder } from '../phone/finder.ts';
import type { NumberPlan } from '../phone/plans/number-plan.ts';
import { openBook } from '../phone/plans/open-book.ts';
import type { Vocabulary } from '../phone/vocabulary.ts';

interface Given {
  homeRegion: string;
  regions: readonly string[];
  countries: Readonly<Record<string, string>>;
  plans: readonly NumberPlan[];
  planRows: string;
  vocabulary: Vocabulary;
}

/** The finder for a page in a language, made from the settings of the background. */
export function createPageFinder({ homeRegion, regions, countries, planRows, plans, vocabulary }: Given, lang: string): Finder {
  const options = { region: homeRegion, regions: nearestFirst(regions, lang), countries };
  return createFinder(options, openBook(planRows, plans), vocabulary);
}

/**
 * The regions, with that of the page's language first. The home region still precedes them: a `lang` tells what the people at
 * the desk read, not where their customers live.
 */
export function nearestFirst(regions: readonly string[], lang: string): string[] {
  const own = regionOf(lang);
  return regions.toSorted((one, other) => Number(other === own) - Number(one === own));
}

function regionOf(lang: string): string | undefined {
  try {
    return new Intl.Locale(lang).maximize().region;
  } catch {
    // The page states no language, or none that is valid.
    return undefined;
  }
}
