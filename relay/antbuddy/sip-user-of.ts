/** The user part of a SIP address, `sip:1001@acme.vn` → `1001`; other text is returned unchanged. */
export function sipUserOf(address: string): string {
  return address.replace(/^sips?:/i, '').replace(/@.*$/, '');
}
