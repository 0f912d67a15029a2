/** The number types of libphonenumber's metadata under our own names. */
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

/** One printed format: how the national significant number is grouped and prefixed. */
export interface PlanFormat {
  pattern: string;
  template: string;
  /** Sources of patterns that the number must begin with, the last one being the most exact. */
  leading: string[];
  /** Template of the first group in national format, e.g. `0$1` or `($1)`; empty when the group is printed unchanged. */
  rule: string;
  prefixOptional: boolean;
  /** Template of the international format when it differs; `NA` where the number cannot be reached from abroad. */
  international?: string;
}

/**
 * The numbering plan of one region, plain JSON so that it can be sent to a page script in a message. Only full plans have `types`
 * and `formats`; a compact plan validates by its general pattern.
 */
export interface NumberPlan {
  region: string;
  callingCode: string;
  /** Source of the pattern of the international prefix, which is dialled before a foreign number. */
  idd: string;
  nationalPrefix: string;
  /** Source of the pattern stripped from the front of a national number, when it is more than the prefix itself. */
  prefixPattern?: string;
  /** Replacement for what `prefixPattern` captured. */
  prefixTransform?: string;
  general: string;
  /** Digits a national significant number may have; absent in compact plans. */
  lengths?: number[];
  /** Source of the pattern that a number of this region begins with, where regions share the calling code. */
  leading?: string;
  /** True when numbers of this region are printed with the national prefix. */
  prefixUsual: boolean;
  /** Digits per group of a typical mobile number, e.g. `333`. */
  groups: string;
  types?: Partial<Record<LineType, string>>;
  formats?: PlanFormat[];
  /** Renumbered area codes and mobile prefixes, without the national prefix, each with its present form. */
  former?: { areas: Record<string, string>; mobiles: Record<string, string> };
}
