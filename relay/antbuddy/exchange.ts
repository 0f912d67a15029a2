import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { NotSentError, openSocket } from './open-socket.ts';

export interface Exchange {
  method: 'GET' | 'POST';
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  /** Milliseconds for DNS, TCP and TLS together. */
  connectMs?: number;
  /** Milliseconds from the start to the last byte of the answer. */
  totalMs?: number;
  maxBytes?: number;
  /** Called once, after the connection is open and before the first byte is written; false cancels the request. */
  mayWrite?: () => boolean;
}

export interface Answer {
  status: number;
  contentType: string;
  body: string;
}

/** `mayWrite` returned false; AntBuddy is not at fault. */
export class TooLateError extends NotSentError {
  override name = 'TooLateError';
}

/** Bytes were written but no complete answer came back, so what AntBuddy did is unknown. */
export class BrokenAnswerError extends Error {
  override name = 'BrokenAnswerError';
}

/**
 * Sends one request on one fresh connection: no agent, so nothing is retried or reused, and redirects are not followed. Rejects
 * with NotSentError or TooLateError before any byte is written, with BrokenAnswerError after.
 */
export async function exchange(request: Exchange): Promise<Answer> {
  const { connectMs = 3000, totalMs = 10_000 } = request;
  const startedAt = performance.now();
  const socket = await openSocket(request.url, Math.min(connectMs, totalMs));
  const mayWrite = request.mayWrite?.() ?? true;
  if (!mayWrite || socket.destroyed || socket.readableEnded) {
    socket.destroy();
    if (!mayWrite) throw new TooLateError('It was too late to send the request.');
    throw new NotSentError('AntBuddy closed the connection at once.');
  }
  return converse(socket, request, Math.max(1, totalMs - (performance.now() - startedAt)));
}

async function converse(
  socket: Socket,
  { method, url, headers, body = '', maxBytes = 65_536 }: Exchange,
  budgetMs: number,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const length: Record<string, string> = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  const request = httpRequest({
    createConnection: () => socket,
    method,
    path: url.pathname + url.search,
    setHost: false,
    headers: { host: url.host, accept: 'application/json', connection: 'close', ...length, ...headers },
  });
  const giveUp = (reason: string, cause?: unknown) => reject(new BrokenAnswerError(`AntBuddy ${reason}.`, { cause }));
  const timer = setTimeout(() => giveUp('did not answer in time'), budgetMs);
  request.on('error', (error) => giveUp('broke the connection', error));
  request.once('upgrade', () => giveUp('answered with another protocol'));
  request.once('response', (response) => collect(response, maxBytes).then(resolve, (error: Error) => giveUp(error.message)));
  request.end(body);
  return promise.finally(() => {
    clearTimeout(timer);
    request.destroy();
    socket.destroy();
  });
}

async function collect(response: IncomingMessage, maxBytes: number): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new Error('broke off its answer', { cause });
  }
  if (size > maxBytes) throw new Error(`sent more than ${maxBytes} bytes`);
  const contentType = response.headers['content-type'] ?? '';
  return { status: response.statusCode ?? 0, contentType, body: Buffer.concat(chunks).toString('utf8') };
}
