import { type ErrorCode, errorTable } from '../contract.ts';

/**
 * A refusal that a client may see: a code of the table, its status and its sentence. A cause that is a text stands in the log, so it is
 * made of the relay's own words, hosts and statuses: no number, no secret, no address that holds one.
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

  /** `{ error: { code, message } }`, as sent. */
  get body(): { error: { code: ErrorCode; message: string } } {
    return { error: { code: this.code, message: this.message } };
  }
}
