/** A phone number found in a text. */
export interface FoundNumber {
  /** UTF-16 offsets in the text searched: the number as written, its extension included, its label not. */
  start: number;
  end: number;
  /** E.164, or for service lines (1900…, 1800…) the bare digits to dial. */
  number: string;
  /** Digits to dial once connected. */
  extension?: string;
  /** Present when the number written was renumbered since (Vietnam, 2017 and 2018): E.164 of the old one. */
  renumberedFrom?: string;
}
