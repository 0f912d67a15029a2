import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { type Listening, listen } from '../antbuddy/listen.ts';
import { createCrmApp } from './crm-app.ts';

export type Crm = Listening;

/** Serves the sample CRM on loopback; port 0 (default) lets the system choose. */
export async function startCrm({ port = 0 }: { port?: number } = {}): Promise<Crm> {
  return listen(createAdaptorServer({ fetch: createCrmApp().fetch }) as Server, '127.0.0.1', port);
}
