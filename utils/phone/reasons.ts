/** Why digits were taken for a number. */
export type AcceptReason = 'international' | 'national' | 'service-line' | 'labelled' | 'vanity';

/** Why digits that could be a number were not. */
export type RejectReason =
  | 'date'
  | 'decimal'
  | 'ip-address'
  | 'price'
  | 'version'
  | 'card'
  | 'range'
  | 'sequence'
  | 'tax-code'
  | 'odd-grouping'
  | 'prefix-missing'
  | 'part-of-code'
  | 'url'
  | 'email'
  | 'file-name'
  | 'currency'
  | 'unit'
  | 'label'
  | 'field';
