/**
 * Wraps a stream so that it can be aborted from outside: `remember` receives the abort function, and its returned undo is called
 * once the stream has ended, for whatever reason. Aborting errors the stream, so that a partial read is never taken for the
 * whole. `onBroken` receives what the source failed with.
 */
export function endable(
  source: ReadableStream<Uint8Array>,
  remember: (end: () => void) => () => void,
  onBroken: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let forget = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        forget = remember(() => {
          forget();
          controller.error(plainError('The recording is not for this browser any more.'));
          // Cancelling a stream that has failed already rejects; that does not matter here.
          reader.cancel().catch(() => undefined);
        });
      },
      async pull(controller) {
        const { done, value } = await reader.read().catch((error: unknown) => {
          forget();
          onBroken(error);
          throw plainError('The recording broke off.');
        });
        if (!done) return controller.enqueue(value);
        forget();
        controller.close();
      },
      async cancel(reason) {
        forget();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The HTTP server prints errors of a body as they are: without places and causes, which belong into the log. */
function plainError(message: string): Error {
  return Object.assign(new Error(message), { stack: message });
}
