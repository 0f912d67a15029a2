import type { Context, ErrorHandler } from 'hono';
import type { Logger } from 'pino';
import { StoreError } from '../store/store-error.ts';
import type { Metrics } from './metrics.ts';
import { answerError } from './refuse-methods.ts';
import type { RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';

/** Of every other request, that of a call's outcome too, nothing follows as to calls. */
const isNewCall = ({ req }: Context) => req.method === 'POST' && req.path === '/v1/calls';

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
      return answerError(c, new RelayError(isNewCall(c) ? 'store_unavailable' : 'store_failed', { cause: error }));
    }
    metrics.noteUnexpected();
    log.error({ err: error }, 'a request failed unexpectedly');
    return answerError(c, new RelayError('internal', { cause: error }));
  };
}
