import type { ErrorCode } from '../relay/contract.ts';

/** Codes of failures that a person is shown: the relay's and those of the extension itself. */
export type FailureCode = ErrorCode | ExtensionErrorCode;

export const extensionErrorCodes = [
  'not_connected',
  'relay_url_invalid',
  'relay_unreachable',
  'relay_timeout',
  'relay_not_dialside',
  'relay_permission_missing',
  'message_refused',
  'extension_reloaded',
  'site_permission_missing',
  'crm_template_invalid',
  'call_page_unknown',
  'called_recently',
] as const;
export type ExtensionErrorCode = (typeof extensionErrorCodes)[number];

/**
 * After these failures the request may have been carried out, with only its response lost. `proof_used`: a browser resends a
 * request by itself when the connection ends before the response, and the relay's response to the second copy is all that
 * arrives.
 */
export const brokeOff: readonly string[] = ['relay_unreachable', 'relay_timeout', 'relay_not_dialside', 'proof_used'];

/** Errors do not survive browser messages; a reply does. `message` is the relay's sentence for a code unknown here. */
export interface Failure {
  code: FailureCode | (string & {});
  message: string;
}
export type Reply<T> = { ok: true; value: T } | { ok: false; error: Failure };

export const succeed = <T>(value: T): Reply<T> => ({ ok: true, value });
export const fail = (code: FailureCode, message: string = code): { ok: false; error: Failure } => ({
  ok: false,
  error: { code, message },
});
