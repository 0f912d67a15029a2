/** Whether the relay would treat this as a number at all: E.164, or the bare digits of a service line; not a SIP user name. */
export function isDialable(number: string): boolean {
  return /^(\+[1-9]\d{4,14}|\d{3,12})$/.test(number);
}
