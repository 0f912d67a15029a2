import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { RequestError } from '@hono/node-server';
import type { Deps } from '../deps.ts';
import type { Metrics } from './metrics.ts';
import { RelayError } from './relay-error.ts';
import { runAsRequest } from './request-context.ts';

/** What Node would answer, by the code of its parser's error. */
const statuses: Partial<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

export type RefuseUnread = ReturnType<typeof refuseUnread>;

/**
 * Answers the requests that do not reach the app because Node or hono's adapter cannot read them. As for those that do, an answer
 * has a code and an id, and there is one log line and a metrics entry, without anything that was received; neither for a
 * connection on which no whole request arrived in time.
 */
export function refuseUnread({ log }: Pick<Deps, 'log'>, metrics: Metrics) {
  function refuse(status: number, error: RelayError) {
    const requestId = randomUUID();
    runAsRequest(requestId, () => {
      if (status === 500) {
        metrics.noteUnexpected();
        log.error({ err: error }, 'a request failed unexpectedly');
      }
      // No request may have been meant: browsers open connections ahead that they may never use.
      if (status === 408) return;
      metrics.noteRequest({ route: 'none', method: 'unread', status, seconds: 0 });
      log.info({ route: 'none', status }, 'request');
    });
    const headers = {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': requestId,
    };
    return { status, headers, body: JSON.stringify(error.body) };
  }

  return {
    /** For an error of the adapter, or one that the app let through. */
    response(error: unknown): Response {
      const unread = error instanceof RequestError;
      const { body, ...rest } = unread
        ? refuse(400, new RelayError('bad_request'))
        : refuse(500, new RelayError('internal', { cause: error }));
      return new Response(body, rest);
    },

    /** For an error of Node's parser: the whole answer as it is sent. */
    text(error: NodeJS.ErrnoException): string {
      const code = statuses[error.code ?? ''] ?? 400;
      const isTooLarge = code === 413 || code === 431;
      const { status, headers, body } = refuse(code, new RelayError(isTooLarge ? 'too_large' : 'bad_request'));
      const all = { ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' };
      const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
      return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
    },
  };
}
