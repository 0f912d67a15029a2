import type { createApp } from '../app.ts';
import type { ProofChanges, TestDevice } from './device.ts';

interface SendOptions {
  /** Sent as JSON. */
  json?: unknown;
  headers?: Record<string, string>;
  proof?: ProofChanges;
}

/** Sends one request of a device to the app: `await send(app, device, 'POST', '/v1/calls', { json })`. */
export async function send(
  app: Pick<ReturnType<typeof createApp>, 'request'>,
  device: TestDevice,
  method: string,
  target: string,
  { json, headers = {}, proof }: SendOptions = {},
): Promise<Response> {
  const [path = target] = target.split('?');
  return app.request(target, {
    method,
    headers: {
      ...(await device.headers(method, path, proof)),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
}
