import metadata from 'libphonenumber-js/metadata.max.json';
import examples from 'libphonenumber-js/mobile/examples';
import type { NumberPlan } from './number-plan.ts';
import { planFromMetadata, type RawCountry } from './plan-from-metadata.ts';

const countries = metadata.countries as unknown as Record<string, RawCountry>;
const mobiles = examples as unknown as Record<string, string>;
const sharing = metadata.country_calling_codes as unknown as Record<string, string[]>;

const made = new Map<string, NumberPlan>();

/** Regions that have a plan, ISO 3166. */
export const fullPlanRegions: string[] = Object.keys(countries);

/**
 * The full plan of a region, or undefined for an unknown region. This module bundles all of libphonenumber's metadata and is
 * large: only the background and the extension's own views import it; they pass single plans to the page script as
 * `FindOptions.plans`.
 */
export function fullPlan(region: string): NumberPlan | undefined {
  const raw = countries[region];
  const main = raw && countries[sharing[raw[0]]?.[0] ?? region];
  if (!raw || !main) return undefined;
  const plan = made.get(region) ?? planFromMetadata(region, raw, main, mobiles[region]);
  made.set(region, plan);
  return plan;
}

/** Full plans for a home region: its own first, then those of regions that share its calling code and are dialled like it. */
export function homePlans(region: string): NumberPlan[] {
  const code = countries[region]?.[0];
  const neighbours = code ? (sharing[code] ?? []).filter((other) => other !== region) : [];
  return [region, ...neighbours].flatMap((each) => fullPlan(each) ?? []);
}

/** Full plans of all regions whose numbers are read; Vietnam's former numbers are written with +84 in other countries, too. */
export function openPlans({ homeRegion, regions }: { homeRegion: string; regions: readonly string[] }): NumberPlan[] {
  return [...new Set([homeRegion, ...regions, 'VN'].flatMap(homePlans))];
}

/** Full plans of every region that shares the calling code of `number` (E.164). */
export function fullPlansFor(number: string): NumberPlan[] {
  const code = [1, 2, 3].map((length) => number.slice(1, 1 + length)).find((prefix) => prefix in sharing);
  return code ? (sharing[code] ?? []).flatMap((region) => fullPlan(region) ?? []) : [];
}
