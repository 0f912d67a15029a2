import type { IncomingMessage } from 'node:http';
import { Hono } from 'hono';
import * as v from 'valibot';
import { type AuditEntry, recordAudit } from '../audit/record-audit.ts';
import { AudioQuerySchema, type Ticket } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { parseQuery, parseValue } from '../http/parse.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { RelayError } from '../http/relay-error.ts';
import { requireAgent } from '../http/require-agent.ts';
import { readPolicy } from '../policy/policies.ts';
import { answerKept } from './answer-kept.ts';
import { downloadDisposition } from './download-name.ts';
import { endable } from './endable.ts';
import { recordingForTicket, requireOwnRecording } from './find-recording.ts';
import { requestHeaders, responseHeaders, wholeRecording } from './media-headers.ts';
import { openMedia } from './open-media.ts';
import { createRecordingCache } from './recording-cache.ts';
import { type RecordingIdentity, UnreadableRecording } from './recording-seal.ts';
import { keepWhileRead } from './recording-writer.ts';
import { createSignedUrls } from './signed-urls.ts';
import { streamMedia } from './stream-media.ts';
import { readTicket, signTicket, ticketMs } from './ticket.ts';

const mostSavings = 5_000;
const CallIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

/**
 * `POST /recordings/{callId}/ticket` and `GET /recordings/{callId}/audio?ticket=…`, mounted under /v1. With `&download=1` the
 * audio is sent as a file to save, if the policy allows downloads.
 */
export function recordingRoutes(deps: Deps): Hono<RelayEnv> {
  const { config, now } = deps;
  const signedUrls = createSignedUrls(deps.antbuddy, now);
  const cache = createRecordingCache(deps);
  const savings = new Map<string, Promise<void>>();
  const app = new Hono<RelayEnv>();

  app.post('/recordings/:callId/ticket', requireAgent(deps), async (c) => {
    const { agentId, deviceId } = c.get('principal');
    const callId = parseValue(CallIdSchema, c.req.param('callId'), 'call_not_found');
    await requireOwnRecording(deps, agentId, callId);
    // Audited here, once per playback: a ticket is requested when play is pressed, and many range requests follow.
    await recordAudit(deps, {
      actor: `agent:${agentId}`,
      action: 'recording.play',
      subject: `call:${callId}`,
      detail: { device: deviceId },
    });
    const expiresAt = now() + ticketMs;
    const ticket = signTicket(config.relayKey, { deviceId, callId, expiresAt });
    return c.json({ path: `/v1/recordings/${callId}/audio?ticket=${ticket}`, expiresAt } satisfies Ticket, 201);
  });

  // <audio> cannot send our headers, so the ticket is the only credential; hono answers HEAD through this route too.
  app.get('/recordings/:callId/audio', async (c) => {
    const callId = parseValue(CallIdSchema, c.req.param('callId'), 'ticket_invalid');
    const { ticket, download } = parseQuery(c, AudioQuerySchema);
    const claims = readTicket(config.relayKey, ticket, callId, now());
    if (!claims) throw new RelayError('ticket_invalid');
    deps.requests.count(claims.deviceId, 'read');
    const recording = await recordingForTicket(deps, claims.deviceId, callId);
    const isDownload = download === '1';
    if (isDownload && !(await readPolicy(deps)).policy.recordingDownload) throw new RelayError('download_not_allowed');
    const headersOnly = c.req.method === 'HEAD';
    if (isDownload && !headersOnly) {
      await recordSaving(ticket, {
        actor: `agent:${recording.agentId}`,
        action: 'recording.download',
        subject: `call:${callId}`,
        detail: { device: claims.deviceId },
      });
    }
    const asked = requestHeaders((name) => c.req.header(name));
    const identity = { callId, fileName: recording.fileName };
    const answer =
      (await fromCache(identity, asked, headersOnly)) ?? (await fromMediaHost(identity, asked, headersOnly, c.req.raw.signal));
    if (isDownload && answer.ok) answer.headers.set('content-disposition', downloadDisposition(recording));
    if (!answer.body) return answer;
    const { deviceId } = claims;
    const body = endable(
      answer.body,
      (end) => deps.streams.add({ deviceId, parties: null, end }),
      (error) => {
        if (!c.req.raw.signal.aborted) deps.log.warn({ err: error, call: callId }, 'a recording broke off while it was sent');
      },
    );
    return new Response(body, answer);
  });

  /** One audit line per ticket, however many range requests use it. */
  async function recordSaving(ticket: string, entry: AuditEntry): Promise<void> {
    if (savings.size >= mostSavings) savings.clear();
    const line = savings.get(ticket) ?? recordAudit(deps, entry);
    savings.set(ticket, line);
    await line.catch((error: unknown) => {
      savings.delete(ticket);
      throw error;
    });
  }

  async function fromCache(identity: RecordingIdentity, asked: Record<string, string>, headersOnly: boolean) {
    const file = await cache?.find(identity);
    if (!file) return null;
    const onDamage = async (error: unknown) => {
      deps.log.warn({ err: error, call: identity.callId }, 'a kept recording is damaged and is fetched again');
      await cache?.remove(identity.callId);
    };
    return answerKept(file, asked, headersOnly, onDamage).catch((error: unknown) => {
      if (error instanceof UnreadableRecording) return null;
      throw error;
    });
  }

  async function fromMediaHost(
    identity: RecordingIdentity,
    asked: Record<string, string>,
    headersOnly: boolean,
    signal: AbortSignal,
  ): Promise<Response> {
    const media = await openSigned(identity.fileName, asked, signal);
    try {
      const answer = answerWith(media, headersOnly);
      const head = answer.body && wholeRecording(answer);
      const writer = head ? await cache?.keep(identity, head) : null;
      return answer.body && writer ? new Response(keepWhileRead(answer.body, writer), answer) : answer;
    } catch (error) {
      media.destroy();
      throw error;
    }
  }

  /** A signed address may expire earlier than it states: after one refusal, a new address is tried. */
  async function openSigned(fileName: string, headers: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> {
    const open = (address: URL) => openMedia(address, config.antbuddy.mediaHosts, headers, signal);
    const address = await signedUrls.get(fileName);
    const first = await open(address);
    if (first.statusCode !== 403) return first;
    first.destroy();
    const another = await signedUrls.renew(fileName);
    return another === address ? first : open(another);
  }

  return app;
}

function answerWith(media: IncomingMessage, headersOnly: boolean): Response {
  const status = media.statusCode ?? 0;
  if (status === 404 || status === 410) throw new RelayError('recording_missing');
  // Object stores also answer 403 for a missing file if the requester may not list files.
  if (status === 403) throw new RelayError('recording_refused', { cause: `media host answered ${status} to a fresh address` });
  if (status >= 500) throw new RelayError('upstream_failed', { cause: `media host answered ${status}` });
  const withBody = status === 200 || status === 206;
  if (!withBody && status !== 304 && status !== 416)
    throw new RelayError('upstream_malformed', { cause: `media host answered ${status}` });
  const headers = responseHeaders(withBody ? media.headers : { ...media.headers, 'content-type': undefined });
  if (!headers) throw new RelayError('upstream_malformed', { cause: 'the media host sent no audio' });
  if (withBody && !headersOnly) return new Response(streamMedia(media), { status, headers });
  media.destroy();
  if (!withBody) delete headers['content-length'];
  return new Response(null, { status, headers });
}
