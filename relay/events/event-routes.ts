import { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { findAgentParties } from '../history/find-agent-parties.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { requireAgent } from '../http/require-agent.ts';

const heartbeatMs = 15_000;
/** Most events queued for a client that does not read; then it is disconnected and may return with Last-Event-ID. */
const mostWaiting = 500;

/**
 * `GET /events`, to be mounted under /v1: the agent's own live calls as server-sent events (WHATWG HTML, section 9.2): the
 * ongoing ones, and after a Last-Event-ID the events of the last five minutes.
 */
export function eventRoutes(deps: Deps): Hono<RelayEnv> {
  const { hub } = deps;
  const never = deps.config.antbuddy.accountId === null ? { never: true } : {};
  return new Hono<RelayEnv>().get('/events', requireAgent(deps), async (c) => {
    const { agentId, deviceId } = c.get('principal');
    const { parties, since } = await findAgentParties(deps, agentId);
    const lastId = c.req.header('last-event-id') ?? '';

    let ended = false;
    let letGo = () => {};
    const stream = new ReadableStream<string>({
      start(controller) {
        const end = () => {
          if (ended) return;
          ended = true;
          letGo();
          controller.close();
        };
        const write = (text: string) => {
          if (ended) return;
          if (-(controller.desiredSize ?? 0) > mostWaiting) end();
          else controller.enqueue(text);
        };
        const onEvent = ({ id, call }: { id: string; call: object }) =>
          write(`id: ${id}\nevent: call\ndata: ${JSON.stringify(call)}\n\n`);
        const onStatus = () =>
          write(`event: status\ndata: ${JSON.stringify({ ...hub.statusFor(parties, since), ...never })}\n\n`);
        const heartbeat = setInterval(() => write(':\n\n'), heartbeatMs);
        const undo = [
          hub.listen(parties, { onEvent, onStatus, onEnd: end }, since),
          deps.streams.add({ deviceId, parties, end }),
        ];
        letGo = () => {
          clearInterval(heartbeat);
          for (const one of undo) one();
        };
        write('retry: 3000\n\n');
        for (const event of hub.after(parties, lastId, since)) onEvent(event);
        // Sent last, so that a client does not take a call for lost whose end is among the events.
        onStatus();
      },
      cancel() {
        ended = true;
        letGo();
      },
    });
    return new Response(stream.pipeThrough(new TextEncoderStream()), {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    });
  });
}
