/** Whether the relay would look at it as a number at all: E.164, or the bare digits of a service line. A SIP user is neither. */
export function isDialable(number: string): boolean {
  return /^(\+[1-9]\d{4,14}|\d{3,12})$/.test(number);
}
