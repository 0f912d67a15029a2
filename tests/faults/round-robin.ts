import { createServer, request } from 'node:http';
import { close, listen } from '../../relay/http/listen.ts';

interface RoundRobin {
  url: string;
  stop(): Promise<void>;
}

/**
 * The simplest load balancer: it sends each request to the next of `targets`, tries the one after that when the connection is
 * refused, and answers 502 when the connection breaks later.
 */
export async function startRoundRobin(targets: () => readonly string[]): Promise<RoundRobin> {
  let turn = 0;
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const all = targets();
      const order = all.map((_, at) => all[(turn + at) % all.length] as string);
      turn += 1;
      pass(order);
    });
    const pass = ([target, ...others]: string[]) => {
      if (!target) return answer.writeHead(502).end('{}');
      const { method, headers, url = '/' } = incoming;
      const outgoing = request(new URL(url, target), { method, headers, agent: false }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
        response.on('error', () => answer.destroy());
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') return pass(others);
        if (answer.headersSent) answer.destroy();
        else answer.writeHead(502).end('{}');
      });
      outgoing.end(Buffer.concat(chunks));
    };
  });
  const port = await listen(server, 0, '127.0.0.1');
  return { url: `http://127.0.0.1:${port}`, stop: () => close(server, 0) };
}
