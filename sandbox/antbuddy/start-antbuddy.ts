import { createServer, type Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { createApiApp } from './api-app.ts';
import { type AntBuddyControl, createControl } from './control.ts';
import { createControlApp } from './control-app.ts';
import { type Listening, listen } from './listen.ts';
import { createMediaApp } from './media-app.ts';
import type { AntBuddyOptions } from './options.ts';
import { createSignals } from './signals.ts';
import { createWorld } from './world.ts';

type FetchCallback = Parameters<typeof createAdaptorServer>[0]['fetch'];

export type { AntBuddyOptions };

export interface AntBuddy {
  /** Origin of the open API (`/oapi/v1/…`) and of the control (`/control/…`). */
  url: string;
  /** Origin of the recordings. */
  mediaUrl: string;
  /** Origin of the Socket.IO call-signal server. */
  signalUrl: string;
  appId: string;
  appSecret: string;
  /** Credential of the call-signal server. */
  accountId: string;
  control: AntBuddyControl;
  stop(): Promise<void>;
}

/** Starts the stand-in: three servers on loopback, by default on ports chosen by the system. */
export async function startAntBuddy(options: AntBuddyOptions = {}): Promise<AntBuddy> {
  const world = createWorld(options);
  const { host = '127.0.0.1', port = 0, mediaPort = 0, signalPort = 0 } = options;
  const signalServer = createServer((_, response) => response.writeHead(404).end());
  const signals = createSignals(signalServer, world);
  const control = createControl(world, signals);
  const app = new Hono();
  app.route('/control', createControlApp(control));
  app.route('/', createApiApp(world));

  const started: Listening[] = [];
  const stop = async () => {
    world.clock.cancelAll();
    await signals.stop();
    await Promise.all(started.map((server) => server.stop()));
  };
  try {
    const api = await listen(nodeServer(app.fetch as FetchCallback), host, port);
    started.push(api);
    const mediaApp = createMediaApp({ ...world, findByRecording: world.histories.findByRecording, keys: world.storageKeys });
    const media = await listen(nodeServer(mediaApp.fetch as FetchCallback), host, mediaPort);
    started.push(media);
    world.setMediaOrigin(media.url);
    const signal = await listen(signalServer, host, signalPort);
    started.push(signal);
    const { appId, appSecret, accountId } = control.credentials();
    return { url: api.url, mediaUrl: media.url, signalUrl: signal.url, appId, appSecret, accountId, control, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function nodeServer(fetch: FetchCallback): Server {
  return createAdaptorServer({ fetch }) as Server;
}
