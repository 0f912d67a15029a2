/** One event of a stream, or the comment line that a relay sends as a heartbeat. */
export type StreamEvent = { kind: 'beat' } | { kind: 'event'; event: string; id: string | null; data: string };

/** Longer than any event; limits the memory that an endless line could take. */
const longest = 100_000;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6) as they arrive. Ends when the stream ends, when nothing at all arrived
 * for `silenceMs`, and when the signal aborts; never throws when a stream breaks off.
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  { silenceMs, signal }: { silenceMs: number; signal: AbortSignal },
): AsyncGenerator<StreamEvent> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  const end = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', end, { once: true });
  let text = '';
  let fields: Record<string, string> = {};
  try {
    while (!signal.aborted) {
      const timer = setTimeout(end, silenceMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done || text.length > longest) return;
      const lines = (text + value).split('\n');
      text = lines.pop() ?? '';
      for (const line of lines.map((one) => one.replace(/\r$/, ''))) {
        if (line === '' && fields.data !== undefined) {
          const { event = 'message', id = null, data } = fields;
          yield { kind: 'event', event, id, data };
        }
        if (line === '') fields = {};
        else if (line.startsWith(':')) yield { kind: 'beat' };
        else fields = { ...fields, ...readField(line, fields) };
      }
    }
  } catch (error) {
    // fetch and its streams reject with these when the network breaks or the request is aborted.
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

function readField(line: string, fields: Record<string, string>): Record<string, string> {
  const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
  return { [name]: name === 'data' && fields.data !== undefined ? `${fields.data}\n${value}` : value };
}
