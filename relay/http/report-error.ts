import type { ErrorHandler } from 'hono';
import type { Logger } from 'pino';
import { StoreError } from '../store/store-error.ts';
import type { Metrics } from './metrics.ts';
import { answerError } from './refuse-methods.ts';
import type { RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';

/** Answers with a code of the table whatever was thrown, and logs what an operator must look at. */
export function reportError(log: Logger, metrics: Metrics): ErrorHandler<RelayEnv> {
  return (error, c) => {
    if (error instanceof RelayError) {
      if (error.code === 'store_unavailable') metrics.noteStoreError();
      if (error.status >= 500) log.warn({ code: error.code, err: error }, 'a request could not be served');
      return answerError(c, error);
    }
    if (error instanceof StoreError) {
      metrics.noteStoreError();
      log.error({ err: error }, 'the store failed');
      return answerError(c, new RelayError('store_unavailable', { cause: error }));
    }
    metrics.noteUnexpected();
    log.error({ err: error }, 'a request failed unexpectedly');
    return answerError(c, new RelayError('internal', { cause: error }));
  };
}
