/** A number as a CRM page writes it. */
export interface PhoneText {
  /** More than one part: each stands in an inline element of its own. */
  parts: string[];
  /** What has to be dialled: E.164, or the bare digits of a service line. Several when the text holds several. */
  dial: string[];
  extension?: string;
  /** Written as a `tel:` link to this number. */
  tel?: string;
}

export interface Customer {
  id: number;
  name: string;
  company: string;
  city: string;
  phones: PhoneText[];
  /** Tax code (mã số thuế), ten digits and sometimes a branch: never a telephone number. */
  taxCode: string;
  /** In đồng. */
  debt: number;
  orderId: string;
  /** ISO date of the last order. */
  lastOrder: string;
  bankAccount: string;
  note: string;
}

/** A number in one piece. */
export function phone(text: string, ...dial: string[]): PhoneText {
  return { parts: [text], dial };
}

export function splitPhone(parts: string[], dial: string): PhoneText {
  return { parts, dial: [dial] };
}

export function telLink(text: string, tel: string): PhoneText {
  return { parts: [text], dial: [tel], tel };
}
