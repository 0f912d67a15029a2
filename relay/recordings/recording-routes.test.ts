import type { Server, ServerResponse } from 'node:http';
import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../app.ts';
import { RelayError } from '../http/relay-error.ts';
import { readPolicy, savePolicy } from '../policy/policies.ts';
import { addRecordedCall } from '../testing/add-recorded-call.ts';
import { addDevice, type TestDevice } from '../testing/device.ts';
import { makeDeps, type TestDeps } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';
import { serveBytes, startMedia, type TestMedia } from '../testing/start-media.ts';
import { signTicket } from './ticket.ts';

const callId = 'a'.repeat(32);
const bytes = Buffer.from(Array.from({ length: 100_003 }, (_, at) => (at * 31 + (at >> 8)) % 256));

let media: TestMedia;
let deps: TestDeps;
let app: ReturnType<typeof createApp>;
let device: TestDevice;
let signed: number;

beforeEach(async () => {
  media = await startMedia(bytes);
  signed = 0;
  const recordingUrl = async (file: string) => {
    signed += 1;
    return new URL(`${media.url}/${encodeURIComponent(file)}?Signature=canary&turn=${signed}`);
  };
  deps = await makeDeps({ antbuddy: { recordingUrl } });
  deps.config.antbuddy = { ...deps.config.antbuddy, mediaHosts: [new URL(media.url).host] };
  app = createApp(deps);
  device = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
  await addRecordedCall(deps, callId, 'rec%40a.mp3', 'user:mailan');
});
afterEach(async () => {
  await deps.close();
  await media.stop();
});

const askTicket = (id = callId, from = device) => send(app, from, 'POST', `/v1/recordings/${id}/ticket`);
async function ticketPath(): Promise<string> {
  return ((await (await askTicket()).json()) as { path: string }).path;
}
const audited = () => deps.store.selectFrom('audit').select(['actor', 'action', 'subject']).orderBy('seq').execute();
async function allowDownload(recordingDownload = true): Promise<void> {
  const { version, policy } = await readPolicy(deps);
  await savePolicy(deps, version, { ...policy, recordingDownload }, 'test');
}
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

describe('POST /v1/recordings/{callId}/ticket', () => {
  it('gives ten minutes, and writes the playback into the audit log', async () => {
    const answer = await askTicket();
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({
      path: expect.stringMatching(`^/v1/recordings/${callId}/audio\\?ticket=`),
      expiresAt: deps.now() + 600_000,
    });
    expect(await deps.store.selectFrom('audit').select(['actor', 'action', 'subject']).execute()).toEqual([
      { actor: `agent:${device.agentId}`, action: 'recording.play', subject: `call:${callId}` },
    ]);
  });

  it.each([
    ['another agent’s call', 'b', 404, 'call_not_found'],
    ['a call without a recording', 'c', 404, 'recording_missing'],
    ['an unknown call', 'd', 404, 'call_not_found'],
  ])('refuses %s', async (_name, digit, status, code) => {
    await addRecordedCall(deps, 'b'.repeat(32), 'b.mp3', 'user:quochuy');
    await addRecordedCall(deps, 'c'.repeat(32), null, 'user:mailan');
    const answer = await askTicket(digit.repeat(32));
    expect([answer.status, await codeOf(answer)]).toEqual([status, code]);
    expect(await deps.store.selectFrom('audit').select('seq').execute()).toEqual([]);
  });

  it.each(['x', 'A'.repeat(32), `${callId}0`, '..%2f..'])('refuses the id %s', async (id) =>
    expect((await askTicket(id)).status).toBe(404),
  );
});

describe('GET /v1/recordings/{callId}/audio', () => {
  it('passes on the sound and its size, and nothing that names the media host', async () => {
    const answer = await app.request(await ticketPath());
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'audio/mpeg',
      'content-length': '100003',
      etag: '"v1"',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
    });
    expect(JSON.stringify([...answer.headers])).not.toMatch(/canary|cookie|amz|127\.0\.0\.1/);
    expect(media.requests[0]?.url).toContain('rec%2540a.mp3');
  });

  it('gives the same bytes for 1,000 random ranges', { timeout: 30_000 }, async () => {
    const path = await ticketPath();
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    for (let turn = 0; turn < 1000; turn += 1) {
      const start = random(bytes.length);
      const end = start + random(bytes.length - start);
      const [range, expected] = [
        [`bytes=${start}-${end}`, bytes.subarray(start, end + 1)],
        [`bytes=${start}-`, bytes.subarray(start)],
        [`bytes=-${start + 1}`, bytes.subarray(bytes.length - start - 1)],
      ][turn % 3] as [string, Buffer];
      const answer = await app.request(path, { headers: { range } });
      expect(answer.status).toBe(206);
      expect(Buffer.from(await answer.arrayBuffer()).equals(expected)).toBe(true);
    }
    expect(signed).toBe(1);
  });

  it.each([
    ['bytes=200000-', 416],
    ['bytes=0-0,5-6', 200],
    ['bytes=abc', 200],
    ['items=0-5', 200],
  ])('answers the range %j with %i', async (range, status) => {
    const path = await ticketPath();
    const answer = await app.request(path, { headers: { range } });
    expect(answer.status).toBe(status);
    await answer.body?.cancel();
  });

  it('answers HEAD with the headers, without reading the sound', async () => {
    const answer = await app.request(await ticketPath(), { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '100003', '']);
    expect(media.requests[0]?.method).toBe('GET');
  });

  it('gives a file to save when asked for a download, and audits that once', async () => {
    await allowDownload();
    const path = await ticketPath();
    const played = await app.request(path);
    expect(played.headers.get('content-disposition')).toBe('inline');
    await played.body?.cancel();
    const looked = await app.request(`${path}&download=1`, { method: 'HEAD' });
    const saved = await app.request(`${path}&download=1`);
    for (const { headers } of [looked, saved])
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="1970-01-01 .*\.mp3"; filename\*=UTF-8''1970-01-01/,
      );
    expect((await saved.arrayBuffer()).byteLength).toBe(100_003);
    const lines = await audited();
    expect(lines).toEqual([
      { actor: 'test', action: 'policy.change', subject: 'policy:1' },
      { actor: `agent:${device.agentId}`, action: 'recording.play', subject: `call:${callId}` },
      { actor: `agent:${device.agentId}`, action: 'recording.download', subject: `call:${callId}` },
    ]);
  });

  it('audits a file that is fetched in pieces once a ticket, and serves none that it cannot audit', async () => {
    await allowDownload();
    const save = async (path: string, range: string) => {
      const answer = await app.request(`${path}&download=1`, { headers: { range } });
      await answer.body?.cancel();
      return answer.status;
    };
    const downloads = async () => (await audited()).filter(({ action }) => action === 'recording.download').length;
    const path = await ticketPath();
    await sql`alter table audit rename to away`.execute(deps.store);
    expect(await save(path, 'bytes=0-9')).toBe(503);
    await sql`alter table away rename to audit`.execute(deps.store);
    expect(await Promise.all(['bytes=0-9', 'bytes=10-19', 'bytes=20-'].map((range) => save(path, range)))).toEqual(
      Array(3).fill(206),
    );
    expect(await downloads()).toBe(1);
    deps.advance(1);
    expect(await save(await ticketPath(), 'bytes=0-9')).toBe(206);
    expect(await downloads()).toBe(2);
  });

  const methods = ['GET', 'HEAD'] as const;
  it.each(methods.flatMap((method) => (['agent', 'admin'] as const).map((role) => [method, role] as const)))(
    'refuses the file to a %s of an %s while the policy does not allow it, plays it all the same, and obeys at once',
    async (method, role) => {
      await deps.store.updateTable('agents').set({ role }).execute();
      const path = await ticketPath();
      const statuses = async () => {
        const answers = await Promise.all([path, `${path}&download=1`].map((url) => app.request(url, { method })));
        await Promise.all(answers.map(({ body }) => body?.cancel()));
        return answers.map(({ status, headers }) => `${status} ${headers.get('content-disposition')?.split(';')[0] ?? '-'}`);
      };
      expect(await statuses()).toEqual(['200 inline', '403 -']);
      expect(await codeOf(await app.request(`${path}&download=1`))).toBe('download_not_allowed');
      await allowDownload();
      expect(await statuses()).toEqual(['200 inline', '200 attachment']);
      await allowDownload(false);
      expect(await statuses()).toEqual(['200 inline', '403 -']);
      const downloads = (await audited()).filter(({ action }) => action === 'recording.download');
      expect(downloads).toHaveLength(method === 'GET' ? 1 : 0);
    },
  );

  it('says that a ticket is not good before it says what the policy is', async () =>
    expect(await codeOf(await app.request(`/v1/recordings/${callId}/audio?ticket=x&download=1`))).toBe('ticket_invalid'));

  it('keeps the error of a download an error, not a file', async () => {
    const answer = await app.request(`/v1/recordings/${callId}/audio?ticket=x&download=1`);
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([403, null]);
  });

  describe('tickets', () => {
    const sign = (change: object = {}, key = deps.config.relayKey) =>
      signTicket(key, { deviceId: device.deviceId, callId, expiresAt: deps.now() + 600_000, ...change });
    it.each([
      ['genuine', () => sign(), 200],
      ['of another call', () => sign({ callId: 'b'.repeat(32) }), 403],
      ['of another device', () => sign({ deviceId: '00000000-0000-4000-8000-000000000000' }), 403],
      ['over', () => sign({ expiresAt: deps.now() }), 403],
      ['of a clock that was set back', () => sign({ expiresAt: deps.now() + 3_600_000 }), 403],
      ['signed with another key', () => sign({}, Buffer.alloc(32, 2)), 403],
      ['with a later end', () => sign().replace(String(deps.now() + 600_000), String(deps.now() + 900_000)), 403],
      ['with a changed signature', () => sign().replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), 403],
      [
        'with a bit that base64url ignores',
        () => sign().replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
        403,
      ],
      ['cut', () => sign().slice(0, -1), 403],
      ['empty', () => '', 403],
      ['of noise', () => 'a.b.c', 403],
    ])('%s: the answer is right', async (_name, make, status) => {
      const answer = await app.request(`/v1/recordings/${callId}/audio?ticket=${make()}`);
      expect(answer.status).toBe(status);
      expect(media.requests).toHaveLength(status === 200 ? 1 : 0);
      if (status === 403) expect(await codeOf(answer)).toBe('ticket_invalid');
      else await answer.body?.cancel();
    });

    it.each(['', '?download=1', '?ticket=a&ticket=b', '?ticket=a&x=1', `?ticket=${'a'.repeat(301)}`, '?ticket=a&download=2'])(
      'are asked for: %j',
      async (query) => {
        const answer = await app.request(`/v1/recordings/${callId}/audio${query}`);
        expect([answer.status, await codeOf(answer)]).toEqual([400, 'bad_request']);
        expect(media.requests).toEqual([]);
      },
    );

    it.each([
      ['its device was revoked', 'devices', { revoked_at: 1 }],
      ['its agent was shut out', 'agents', { active: 0 }],
    ] as const)('open nothing once %s', async (_name, table, change) => {
      const path = await ticketPath();
      await (table === 'devices'
        ? deps.store.updateTable('devices').set(change)
        : deps.store.updateTable('agents').set(change)
      ).execute();
      expect(await codeOf(await app.request(path))).toBe('ticket_invalid');
    });

    it('work many times, until they end', async () => {
      const path = await ticketPath();
      deps.advance(599_999);
      for (let turn = 0; turn < 3; turn += 1) expect((await app.request(path, { method: 'HEAD' })).status).toBe(200);
      deps.advance(1);
      expect((await app.request(path)).status).toBe(403);
    });
  });

  describe('being heard', () => {
    const sounds = serveBytes(bytes);
    const open = async (path: string) => (await app.request(path)).body?.getReader();
    const readOn = async (reader: Awaited<ReturnType<typeof open>>) => {
      while (!(await reader?.read())?.done);
      return 'whole';
    };

    it.each([
      ['its device is revoked', 'broken off', () => deps.store.updateTable('devices').set({ revoked_at: 1 }).execute()],
      ['its agent is shut out', 'broken off', () => deps.store.updateTable('agents').set({ active: 0 }).execute()],
      ['its agent gets another device', 'whole', () => deps.store.updateTable('sip_devices').set({ sip_user: '1002' }).execute()],
    ])('once %s it is %s', async (_, expected, change) => {
      const left = Promise.withResolvers<void>();
      media.serve = (request, response) => {
        response.once('close', left.resolve);
        sounds(request, response);
      };
      const reader = await open(await ticketPath());
      await reader?.read();
      await change();
      await deps.streams.endStale();
      expect(await readOn(reader).catch(() => 'broken off')).toBe(expected);
      await left.promise;
    });

    it('is told in the log when the media host breaks off, and to the listener without what went wrong there', async () => {
      const warn = vi.spyOn(deps.log, 'warn');
      media.serve = (_request, response) => {
        response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': '500000' });
        response.write(Buffer.alloc(1_000), () => response.destroy());
      };
      const path = await ticketPath();
      const { message, stack, cause } = (await readOn(await open(path)).catch((error: unknown) => error)) as Error;
      expect([message, stack, cause]).toEqual(['The recording broke off.', 'The recording broke off.', undefined]);
      const call = path.split('/')[3];
      expect(warn).toHaveBeenCalledExactlyOnceWith({ err: expect.any(Error), call }, 'a recording broke off while it was sent');
    });

    it('goes on for the last ten of a browser', async () => {
      const path = await ticketPath();
      const readers = [];
      for (let turn = 0; turn < 12; turn += 1) readers.push(await open(path));
      const ends = await Promise.allSettled(readers.map(readOn));
      expect(ends.map(({ status }) => status)).toEqual([...Array(2).fill('rejected'), ...Array(10).fill('fulfilled')]);
    });
  });

  it('gets a new address when the media host refuses the old one, once', async () => {
    media.serve = (request, response) =>
      request.url?.includes('turn=1') ? void response.writeHead(403).end() : serveBytes(bytes)(request, response);
    const answer = await app.request(await ticketPath());
    expect([answer.status, signed]).toEqual([200, 2]);
    await answer.body?.cancel();
    media.serve = (_, response) => void response.writeHead(403).end();
    const path = await ticketPath();
    for (let turn = 0; turn < 3; turn += 1) expect(await codeOf(await app.request(path))).toBe('recording_refused');
    expect(signed).toBe(2);
  });

  it('asks for the address of a recording that is gone once a minute, and is asked only so often itself', async () => {
    let asked = 0;
    deps.antbuddy.recordingUrl = async () => {
      asked += 1;
      throw new RelayError('recording_missing');
    };
    deps.config.deviceWrites = 2;
    const path = await ticketPath();
    const codes = [];
    for (let turn = 0; turn < 10; turn += 1) codes.push(await codeOf(await app.request(path)));
    expect(codes).toEqual([...Array(8).fill('recording_missing'), ...Array(2).fill('too_many_attempts')]);
    expect(asked).toBe(1);
    deps.advance(60_000);
    expect(await codeOf(await app.request(path))).toBe('recording_missing');
    expect(asked).toBe(2);
  });

  it.each([
    [
      'a redirect',
      (response: ServerResponse) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'upstream_malformed',
    ],
    [
      'a web page',
      (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      'upstream_malformed',
    ],
    ['404', (response: ServerResponse) => response.writeHead(404).end(), 'recording_missing'],
    ['500', (response: ServerResponse) => response.writeHead(500).end(), 'upstream_failed'],
    ['a reset', (response: ServerResponse) => response.socket?.resetAndDestroy(), 'upstream_unreachable'],
  ])('maps %s from the media host', async (_name, answer, code) => {
    media.serve = (_, response) => void answer(response);
    expect(await codeOf(await app.request(await ticketPath()))).toBe(code);
  });

  it('says what AntBuddy says about the recording', async () => {
    deps.antbuddy.recordingUrl = async () => Promise.reject(new RelayError('recording_missing'));
    expect(await codeOf(await createApp(deps).request(await ticketPath()))).toBe('recording_missing');
  });

  it('lets go of the media host when the listener leaves, and does not read ahead of a listener that pauses', async () => {
    let written = 0;
    const closed = Promise.withResolvers<void>();
    media.serve = (request, response) => {
      request.socket.once('close', () => closed.resolve());
      response.writeHead(200, { 'content-type': 'audio/mpeg' });
      const more = () => {
        while (!response.destroyed && written < 400_000_000) {
          written += 65_536;
          if (!response.write(Buffer.alloc(65_536))) return void response.once('drain', more);
        }
      };
      more();
    };
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
    await new Promise<void>((resolve) => (server.listening ? resolve() : void server.once('listening', resolve)));
    const leave = new AbortController();
    const path = await ticketPath();
    const answer = await fetch(`http://127.0.0.1:${(server.address() as { port: number }).port}${path}`, {
      signal: leave.signal,
    });
    const reader = answer.body!.getReader();
    await reader.read();
    let before = -1;
    // Nobody reads: eventually all buffers are full and back-pressure stops the media host.
    while (before !== written) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(written).toBeLessThan(50_000_000);
    leave.abort();
    await closed.promise;
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
  });
});
