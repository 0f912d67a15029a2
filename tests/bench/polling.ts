import { Agent, request } from 'node:http';
import type { RelayTarget } from './bench-world.ts';
import { atPace, type Shot } from './fire.ts';
import { quantiles, round } from './quantiles.ts';

const pollsPerSecond = 100;
const seconds = 4;
const atOnce = 50;
const shot = (headers: Record<string, string>, path: string): Shot => ({ path, method: 'GET', headers });

/** Opens an event stream for each agent (agents share the devices in turn) and polls histories at an even rate. */
export async function measurePolling(relay: RelayTarget, agents: number) {
  const streams = new Agent({ keepAlive: true });
  const before = await relay.usage();
  const open: (() => void)[] = [];
  for (let turn = 0; turn < agents; turn += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, agents - turn) }, async (_, at) => {
      const caller = relay.callers[(turn + at) % relay.callers.length];
      return openStream(relay.url, (await caller?.headers('GET', '/v1/events')) ?? {}, streams);
    });
    open.push(...(await Promise.all(some)));
  }
  const signed = await Promise.all(
    Array.from({ length: pollsPerSecond * seconds }, async (_, turn) =>
      shot((await relay.callers[turn % relay.callers.length]?.headers('GET', '/v1/history')) ?? {}, '/v1/history'),
    ),
  );
  const upstreamBefore = await relay.upstreamRequests();
  const answers = await atPace(relay.url, signed, pollsPerSecond);
  const { cpu, memory } = await relay.usage();
  const upstream = (await relay.upstreamRequests()) - upstreamBefore;
  const { p50, p99 } = quantiles(answers.map(({ ms, late }) => ms - late));
  for (const end of open) end();
  streams.destroy();
  return {
    streams: open.length,
    polls: answers.length,
    refused: answers.filter(({ status }) => status !== 200).length,
    'p50 ms': p50,
    'p99 ms': p99,
    'upstream reads meanwhile': upstream,
    'CPU s': round(cpu - before.cpu),
    'memory MB': Math.round(memory),
  };
}

/** Resolves with a function that closes the stream, once the relay has sent its first event (whether calls are live). */
function openStream(url: string, headers: Record<string, string>, agent: Agent): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL('/v1/events', url), { headers, agent });
    sent.on('error', reject);
    sent.once('response', (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`No event stream: ${answer.statusCode}`));
      answer.on('error', () => undefined);
      answer.once('data', () => resolve(() => answer.destroy()));
      answer.resume();
    });
    sent.end();
  });
}
