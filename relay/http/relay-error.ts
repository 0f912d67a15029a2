import { type ErrorCode, errorTable } from '../contract.ts';

/**
 * A refusal that a client may see: a code of the error table with its status and sentence. A string cause is logged, so it
 * consists only of the relay's own words, hosts and statuses: never a phone number, a secret or an address that contains one.
 */
export class RelayError extends Error {
  readonly code: ErrorCode;
  readonly status: number;

  constructor(code: ErrorCode, options?: ErrorOptions) {
    const [status, message] = errorTable[code];
    super(message, options);
    this.name = 'RelayError';
    this.code = code;
    this.status = status;
  }

  /** `{ error: { code, message } }`, as sent to the client. */
  get body(): { error: { code: ErrorCode; message: string } } {
    return { error: { code: this.code, message: this.message } };
  }
}
