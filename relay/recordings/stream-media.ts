import type { IncomingMessage } from 'node:http';
import { RelayError } from '../http/relay-error.ts';

const maxBytes = 500_000_000;
const silenceMs = 30_000;
const longestMs = 3_600_000;

/**
 * The body of a media answer as a stream with back-pressure. Errors when the host is silent for 30 s, sends more than 500 MB or
 * takes longer than an hour; cancelling it closes the connection to the host.
 */
export function streamMedia(response: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const startedAt = Date.now();
  let size = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Runs only while waiting for the host, not while the listener has paused.
        const timer = setTimeout(() => response.destroy(brokenOff('the media host fell silent')), silenceMs);
        try {
          const { done, value } = await chunks.next();
          if (done) return controller.close();
          size += value.length;
          if (size > maxBytes || Date.now() - startedAt > longestMs) {
            response.destroy();
            return controller.error(brokenOff('the recording is longer than 500 MB or took longer than an hour'));
          }
          controller.enqueue(value);
        } finally {
          clearTimeout(timer);
        }
      },
      cancel() {
        response.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The cause is for the log, which shows no other message. */
const brokenOff = (cause: string) => new RelayError('upstream_unreachable', { cause });
