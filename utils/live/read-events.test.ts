import { describe, expect, it } from 'vitest';
import { readEvents, type StreamEvent } from './read-events.ts';

const never = new AbortController().signal;

function streamOf(chunks: string[], isOpen = false): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      if (!isOpen) controller.close();
    },
  });
}
async function collect(stream: ReadableStream<Uint8Array>, signal = never, silenceMs = 1000) {
  const seen: (string | [string, string | null, string])[] = [];
  const note = (one: StreamEvent) =>
    one.kind === 'beat' ? 'beat' : ([one.event, one.id, one.data] satisfies [string, string | null, string]);
  for await (const one of readEvents(stream, { silenceMs, signal })) seen.push(note(one));
  return seen;
}

describe('readEvents', () => {
  it.each([
    ['an event', ['id: 7\nevent: call\ndata: {"a":1}\n\n'], [['call', '7', '{"a":1}']]],
    ['one cut anywhere', ['id', ': 7\nev', 'ent: call\ndata: {"a"', ':1}\n', '\n'], [['call', '7', '{"a":1}']]],
    ['lines ending as on Windows', ['event: call\r\ndata: x\r\n\r\n'], [['call', null, 'x']]],
    ['data of several lines', ['data: a\ndata: b\n\n'], [['message', null, 'a\nb']]],
    ['comments', [':\n\n', ': hello\n\n'], ['beat', 'beat']],
    ['nothing of an event without data', ['retry: 3000\n\nevent: call\n\n'], []],
    ['nothing of an event that was cut off', ['data: a\n'], []],
    ['text without a colon', ['data\n\n'], [['message', null, '']]],
  ])('reads %s', async (_, chunks, expected) => expect(await collect(streamOf(chunks))).toEqual(expected));

  it('ends when nothing comes any more', async () => {
    expect(await collect(streamOf(['data: a\n\n'], true), never, 20)).toEqual([['message', null, 'a']]);
  });

  it('ends with the signal', async () => {
    const ending = new AbortController();
    const seen = collect(streamOf([':\n\n'], true), ending.signal, 60_000);
    ending.abort();
    await seen;
  });

  it('ends where the stream breaks, and where a line has no end', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new TypeError('network')) });
    expect(await collect(broken)).toEqual([]);
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(50_000).fill(97)) });
    expect(await collect(endless)).toEqual([]);
  });
});
