import type { Context, ErrorHandler } from 'hono';
import type { Logger } from 'pino';
import { StoreError } from '../store/store-error.ts';
import type { Metrics } from './metrics.ts';
import { answerError } from './refuse-methods.ts';
import type { RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';

/**
 * Only a failed POST /v1/calls may say that no call was placed; any other request, including the query of a call's outcome, says
 * nothing about calls.
 */
const isNewCall = ({ req }: Context) => req.method === 'POST' && req.path === '/v1/calls';

/** Answers any thrown error with a code of the error table, and logs what an operator must look at. */
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
