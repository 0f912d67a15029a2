/**
 * The same stream, which can be broken off from outside: `remember` is given how, and what it returns is called once the stream is
 * over, however that came. What is read of it is never taken for all there is.
 */
export function endable(
  source: ReadableStream<Uint8Array>,
  remember: (end: () => void) => () => void,
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let forget = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        forget = remember(() => {
          forget();
          controller.error(new Error('The recording is not for this browser any more.'));
          // A source that failed already has nothing left to end.
          reader.cancel().catch(() => undefined);
        });
      },
      async pull(controller) {
        const { done, value } = await reader.read().catch((error: unknown) => {
          forget();
          throw error;
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
