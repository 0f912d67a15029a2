/** What libphonenumber's metadata calls a number type, in our words. */
export type LineType =
  | 'landline'
  | 'mobile'
  | 'toll-free'
  | 'premium'
  | 'personal'
  | 'voicemail'
  | 'company'
  | 'pager'
  | 'voip'
  | 'shared-cost'
  | 'landline-or-mobile'
  | 'service';

/** One printed format: how the national significant number is cut and dressed. */
export interface PlanFormat {
  pattern: string;
  template: string;
  /** Sources of patterns the number must begin with, the last being the most exact. */
  leading: string[];
  /** How the first group is dressed nationally, e.g. `0$1` or `($1)`; empty when it stands bare. */
  rule: string;
  prefixOptional: boolean;
  /** Template towards other countries when it differs; `NA` where the number cannot be reached from abroad. */
  international?: string;
}

/**
 * The numbering plan of one region, plain JSON so that it can be handed to a page script in a message. `types` and `formats` are
 * there in full plans only; a compact plan still validates by its general pattern.
 */
export interface NumberPlan {
  region: string;
  callingCode: string;
  /** Source of the pattern of the prefix dialled before a foreign number. */
  idd: string;
  nationalPrefix: string;
  /** Source of the pattern stripped from the front of a national number, when it is more than the prefix itself. */
  prefixPattern?: string;
  /** Replacement for what `prefixPattern` captured. */
  prefixTransform?: string;
  general: string;
  /** Digits a national significant number may have; absent in compact plans. */
  lengths?: number[];
  /** Source of the pattern the number must begin with to be of this region, where a calling code is shared. */
  leading?: string;
  /** True when numbers of this region are printed with the national prefix. */
  prefixUsual: boolean;
  /** Digits per group of a typical mobile number, e.g. `333`. */
  groups: string;
  types?: Partial<Record<LineType, string>>;
  formats?: PlanFormat[];
  /** Area codes and the beginnings of mobile numbers that were renumbered, without the national prefix, each with today's. */
  former?: { areas: Record<string, string>; mobiles: Record<string, string> };
}
