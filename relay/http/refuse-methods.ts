import type { Context, Hono, NotFoundHandler } from 'hono';
import type { RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';

/** For requests that match no route: 405 with `Allow` if the path is known, else 404. */
export function refuseUnknown(app: Hono<RelayEnv>): NotFoundHandler<RelayEnv> {
  let known: { pattern: RegExp; method: string }[] | undefined;
  return (c) => {
    known ??= app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ path, method }) => ({ pattern: patternOf(path), method }));
    const allowed = [...new Set(known.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method))];
    return allowed.length > 0 ? refuseMethod(c, allowed) : answerError(c, new RelayError('not_found'));
  };
}

/** CORS preflights get this answer too, without CORS headers, so no web page can send or read anything that needs a preflight. */
export function refuseMethod(c: Context<RelayEnv>, allowed: string[] = []): Response {
  if (allowed.length > 0) c.header('Allow', allowed.join(', '));
  return answerError(c, new RelayError('method_not_allowed'));
}

/** Answers `{ error: { code, message } }` with the code's status from the error table. */
export function answerError(c: Context<RelayEnv>, error: RelayError): Response {
  return c.json(error.body, error.status as Parameters<typeof c.json<unknown, 400>>[1]);
}

function patternOf(path: string): RegExp {
  const source = path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${source.join('/')}$`);
}
