import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';
import { RelayError } from './http/relay-error.ts';
import { currentRequestId } from './http/request-context.ts';

/**
 * Logs JSON lines. Secrets stay out because they are never logged: errors are reduced to type, code and stack places, since a
 * message or cause may quote a URL or a header (pino's redaction works by path and cannot look inside a string).
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    serializers: { err: describeError },
    mixin: () => {
      const requestId = currentRequestId();
      return requestId === undefined ? {} : { requestId };
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The loggable part of an error: names, codes and stack places of it and its causes, and no message but the relay's own. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof errcode === 'number' ? { errcode } : {}),
    at: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 6)
      .map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeCause(error) }),
  };
}

function describeCause(error: Error): unknown {
  return error instanceof RelayError && typeof error.cause === 'string' ? error.cause : describeError(error.cause);
}
