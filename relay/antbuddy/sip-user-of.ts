/** Who a SIP address is at its domain, `sip:1001@acme.vn` → `1001`; what is no address stays as it is. */
export function sipUserOf(address: string): string {
  return address.replace(/^sips?:/i, '').replace(/@.*$/, '');
}
