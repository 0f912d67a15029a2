import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchRecording } from './fetch-recording.ts';

const address = 'https://relay.example/v1/recordings/a/audio?ticket=t';
const idle = new AbortController().signal;
afterEach(() => vi.useRealTimers());

/** A body that delivers these parts and then ends, breaks off, or sends nothing more. */
function body(parts: string[], then: 'end' | 'break' | 'silence' = 'end') {
  const rest = parts.map((part) => new TextEncoder().encode(part));
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = rest.shift();
      if (next) controller.enqueue(next);
      else if (then === 'end') controller.close();
      else if (then === 'break') controller.error(new TypeError('network error'));
      else return new Promise(() => {});
    },
  });
}
const refused = (status: number, text: string) => new Response(text, { status });
const error = (code: string) => JSON.stringify({ error: { code, message: 'Said by the relay.' } });
/** Mimics a network: aborting the signal also ends the body. */
const answering = (make: () => Response) =>
  vi.fn(async (_: unknown, init?: RequestInit) => {
    const response = make();
    const { signal } = init ?? {};
    if (!response.body || !signal) return response;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    response.body.pipeTo(writable, { signal }).catch(() => {});
    return new Response(readable, response);
  });

describe('fetchRecording', () => {
  it('asks for the file, tells how far it is, and gives what it is', async () => {
    const headers = {
      'content-length': '6',
      'content-type': 'audio/wav',
      'content-disposition': 'attachment; filename="a.wav"',
    };
    const ask = answering(() => new Response(body(['abc', 'def']), { headers }));
    const told: [number, number | null][] = [];
    const reply = await fetchRecording(address, idle, (...progress) => told.push(progress), ask);
    expect(ask.mock.calls[0]?.[0]).toBe(`${address}&download=1`);
    expect(told).toEqual([
      [3, 6],
      [6, 6],
    ]);
    if (!reply.ok) throw new Error(reply.error.code);
    expect([await reply.value.content.text(), reply.value.content.type, reply.value.ending]).toEqual([
      'abcdef',
      'audio/wav',
      'wav',
    ]);
  });

  it.each([
    ['a policy against it', () => refused(403, error('download_not_allowed')), 'download_not_allowed'],
    ['an address that expired', () => refused(403, error('ticket_invalid')), 'ticket_invalid'],
    ['a recording that is gone', () => refused(404, error('recording_missing')), 'recording_missing'],
    ['a gateway’s page', () => refused(502, '<h1>Bad gateway</h1>'), 'relay_unreachable'],
    ['a body that breaks off', () => new Response(body(['abc'], 'break')), 'relay_unreachable'],
    [
      'a body shorter than it said',
      () => new Response(body(['abc']), { headers: { 'content-length': '6' } }),
      'relay_unreachable',
    ],
  ])('makes no file of %s', async (_, make, code) => {
    expect(await fetchRecording(address, idle, () => {}, answering(make))).toMatchObject({ ok: false, error: { code } });
  });

  it('makes no file where the network refuses', async () => {
    const send = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await fetchRecording(address, idle, () => {}, send)).toMatchObject({
      ok: false,
      error: { code: 'relay_unreachable' },
    });
  });

  it('gives up on a relay that says nothing for half a minute, and on nothing that still comes', async () => {
    vi.useFakeTimers();
    const ask = answering(() => new Response(body(['abc'], 'silence')));
    const reply = fetchRecording(address, idle, () => {}, ask);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await reply).toMatchObject({ ok: false, error: { code: 'relay_timeout' } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when it is cancelled', async () => {
    const cancel = new AbortController();
    const reply = fetchRecording(
      address,
      cancel.signal,
      () => cancel.abort(),
      answering(() => new Response(body(['abc'], 'silence'))),
    );
    expect(await reply).toMatchObject({ ok: false });
  });
});
