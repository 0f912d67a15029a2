import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export interface Shot {
  path: string;
  method?: string;
  headers: Record<string, string>;
  body?: () => object;
}

/** Each client sends its next request as soon as the previous one is answered, until the shots or the time run out. */
export async function inTurns(url: string, shots: Shot[], clients: number, forMs = Number.POSITIVE_INFINITY) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const began = performance.now();
  let done = 0;
  let refused = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let turn = client; turn < shots.length && performance.now() - began < forMs; turn += clients) {
        const { status } = await fire(url, shots[turn] as Shot, agent);
        done += 1;
        if (status !== 200 && status !== 201) refused += 1;
      }
    }),
  );
  agent.destroy();
  return { done, refused, perSecond: (done * 1000) / (performance.now() - began) };
}

/**
 * Sends `perSecond` requests a second, whether earlier ones are answered or not. `ms` counts from the time a request was due, so
 * it includes any delay caused by earlier requests; `late` is the part of it by which this process itself sent too late.
 */
export async function atPace(url: string, shots: Shot[], perSecond: number) {
  const agent = new Agent({ keepAlive: true });
  const began = performance.now();
  const answers = await Promise.all(
    shots.map(async (shot, turn) => {
      const due = began + (turn * 1000) / perSecond;
      await wait(Math.max(0, due - performance.now()));
      const late = performance.now() - due;
      const { status, ms } = await fire(url, shot, agent);
      return { status, ms: late + ms, late };
    }),
  );
  agent.destroy();
  return answers;
}

function fire(url: string, { path, method = 'POST', headers, body }: Shot, agent: Agent) {
  const text = body ? JSON.stringify(body()) : '';
  const content = body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {};
  const began = performance.now();
  return new Promise<{ status: number; ms: number }>((resolve, reject) => {
    const sent = request(new URL(path, url), { method, agent, headers: { ...content, ...headers } });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      answer.resume().once('end', () => resolve({ status: answer.statusCode ?? 0, ms: performance.now() - began }));
    });
    sent.end(text);
  });
}
