import { RelayError } from './relay-error.ts';

/** `bad_request` with a sentence that says what is wrong with this request. */
export class BadRequest extends RelayError {
  readonly what: string;

  constructor(what: string, options?: ErrorOptions) {
    super('bad_request', options);
    this.what = what;
  }

  override get body(): RelayError['body'] {
    return { error: { code: this.code, message: `${this.what} ${this.message}` } };
  }
}
