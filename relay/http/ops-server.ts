import { createServer, type Server } from 'node:http';
import type { Metrics } from './metrics.ts';

interface OpsProbes {
  /** True while this relay can serve requests. */
  isReady: () => Promise<boolean>;
  metrics: Metrics;
}

/** Health and metrics, for a separate port. Paths match exactly; only method and path of the request are read. */
export function createOpsServer({ isReady, metrics }: OpsProbes): Server {
  const answer = async (path: string | undefined): Promise<[status: number, type: string, body: string]> => {
    if (path === '/healthz') return [200, 'text/plain', 'ok\n'];
    if (path === '/readyz') return (await isReady()) ? [200, 'text/plain', 'ready\n'] : [503, 'text/plain', 'not ready\n'];
    if (path === '/metrics') return [200, metrics.registry.contentType, await metrics.registry.metrics()];
    return [404, 'text/plain', 'There is nothing here.\n'];
  };
  return createServer((request, response) => {
    const path = request.method === 'GET' ? request.url : undefined;
    const send = ([status, type, body]: Awaited<ReturnType<typeof answer>>) =>
      response.writeHead(status, { 'Content-Type': type }).end(body);
    // A probe always gets an answer, whatever failed.
    answer(path).then(send, () => send([503, 'text/plain', 'not ready\n']));
  });
}
