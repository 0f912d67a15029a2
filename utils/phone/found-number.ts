/** A phone number found in a text. */
export interface FoundNumber {
  /** UTF-16 offsets in the searched text: the number as written, with its extension, without its label. */
  start: number;
  end: number;
  /** E.164, or for service lines (1900…, 1800…) the bare digits to dial. */
  number: string;
  /** Digits to dial once connected. */
  extension?: string;
  /** E.164 of the number as written, when it has been renumbered since (Vietnam, 2017 and 2018). */
  renumberedFrom?: string;
}
