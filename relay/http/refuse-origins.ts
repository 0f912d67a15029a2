import type { MiddlewareHandler } from 'hono';
import type { RelayEnv } from './relay-env.ts';
import { RelayError } from './relay-error.ts';

/** Only extensions may call the relay: a web page's Origin (http, https, null, anything else) is refused. */
export const refuseOrigins: MiddlewareHandler<RelayEnv> = async (c, next) => {
  const origin = c.req.header('origin');
  if (origin !== undefined && !/^(chrome|moz|safari-web)-extension:\/\/[\w-]+$/i.test(origin))
    throw new RelayError('origin_refused');
  await next();
};
