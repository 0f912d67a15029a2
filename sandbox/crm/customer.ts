/** A phone number as it is printed on a CRM page. */
export interface PhoneText {
  /** If there are several parts, each is in an inline element of its own. */
  parts: string[];
  /** Expected numbers to dial: E.164, or the bare digits of a service line. Several when the text contains several. */
  dial: string[];
  extension?: string;
  /** Printed as a `tel:` link to this number. */
  tel?: string;
}

export interface Customer {
  id: number;
  name: string;
  company: string;
  city: string;
  phones: PhoneText[];
  /** Tax code (mã số thuế), ten digits and sometimes a branch suffix: never a phone number. */
  taxCode: string;
  /** In đồng. */
  debt: number;
  orderId: string;
  /** ISO date of the last order. */
  lastOrder: string;
  bankAccount: string;
  note: string;
}

/** A number printed in one text node. */
export function phone(text: string, ...dial: string[]): PhoneText {
  return { parts: [text], dial };
}

export function splitPhone(parts: string[], dial: string): PhoneText {
  return { parts, dial: [dial] };
}

export function telLink(text: string, tel: string): PhoneText {
  return { parts: [text], dial: [tel], tel };
}
