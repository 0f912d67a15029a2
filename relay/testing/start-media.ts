import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { close, listen } from '../http/listen.ts';

type ServeMedia = (request: IncomingMessage, response: ServerResponse) => void;

/** A media host on loopback that has one recording and records its requests. */
export async function startMedia(bytes: Buffer) {
  const requests: IncomingMessage[] = [];
  const media = {
    url: '',
    requests,
    /** By default answers like an object store: the whole, one range, or 416. */
    serve: serveBytes(bytes) as ServeMedia,
    stop: () => close(server, 0),
  };
  const server = createServer((request, response) => {
    requests.push(request);
    media.serve(request, response);
  });
  media.url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  return media;
}
export type TestMedia = Awaited<ReturnType<typeof startMedia>>;

export function serveBytes(bytes: Buffer): ServeMedia {
  return (request, response) => {
    const headers = {
      'content-type': 'audio/mpeg',
      etag: '"v1"',
      'accept-ranges': 'bytes',
      'set-cookie': 'a=b',
      'x-amz-request-id': 'secret',
    };
    const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    if (first === undefined || last === undefined)
      return void response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
    const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first);
    const end = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1);
    if (start > end) return void response.writeHead(416, { ...headers, 'content-range': `bytes */${bytes.length}` }).end();
    const part = bytes.subarray(start, end + 1);
    response
      .writeHead(206, { ...headers, 'content-length': part.length, 'content-range': `bytes ${start}-${end}/${bytes.length}` })
      .end(part);
  };
}
