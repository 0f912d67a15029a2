import { createHash } from 'node:crypto';
import type { AntBuddy } from './start-antbuddy.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const json = { 'content-type': 'application/json' };

/** A simple, correct client for testing the stand-in, with its own hashing. Values are hashed in the order given. */
export function signedClient({ url, appId, appSecret }: Pick<AntBuddy, 'url' | 'appId' | 'appSecret'>) {
  const headers = { ...json, 'x-auth-app-id': appId, 'x-auth-app-hash': sha256(appId + appSecret) };
  const query = (sent: Record<string, string>) =>
    new URLSearchParams({ appId, ...sent, hash: sha256([appId, ...Object.values(sent), appSecret].join('')) });
  const post = (path: string, credentials: unknown) =>
    fetch(`${url}/oapi/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(credentials) });
  return {
    headers,
    query,
    histories: (sent: Record<string, string>) => fetch(`${url}/oapi/v1/call/histories?${query(sent)}`, { headers: json }),
    playRecording: (media: string) => fetch(`${url}/oapi/v1/call/play_recording?${query({ media })}`, { headers: json }),
    dial: (number: string, credentials: unknown) => post(`call/click-to-call/${encodeURIComponent(number)}`, credentials),
    authToken: (credentials: unknown) => post('voice/auth_token', credentials),
  };
}
