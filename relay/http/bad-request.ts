import { RelayError } from './relay-error.ts';

/** `bad_request` whose sentence also says what was wrong with this very request. */
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
