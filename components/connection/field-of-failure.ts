const fields: Record<string, 'relayUrl' | 'code' | 'passphrase'> = {
  relay_url_invalid: 'relayUrl',
  relay_unreachable: 'relayUrl',
  relay_timeout: 'relayUrl',
  relay_not_dialside: 'relayUrl',
  relay_permission_missing: 'relayUrl',
  // Before there is a token, signatures differ by the address alone.
  proof_rejected: 'relayUrl',
  not_found: 'relayUrl',
  code_invalid: 'code',
  too_many_attempts: 'code',
  too_many_tries: 'code',
  bad_request: 'code',
  passphrase_required: 'passphrase',
  passphrase_wrong: 'passphrase',
};

/** The field of the connect form that a failure is about; null when it is about none of them. */
export function fieldOfFailure(code: string) {
  return fields[code] ?? null;
}
