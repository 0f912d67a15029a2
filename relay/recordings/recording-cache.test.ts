import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../app.ts';
import { addRecordedCall } from '../testing/add-recorded-call.ts';
import { addDevice, type TestDevice } from '../testing/device.ts';
import { makeDeps, type TestDeps } from '../testing/make-deps.ts';
import { startMedia, type TestMedia } from '../testing/start-media.ts';
import { createRecordingCache } from './recording-cache.ts';
import { findRecorded } from './start-recording-upkeep.ts';
import { signTicket } from './ticket.ts';

const callId = 'a'.repeat(32);
const otherId = 'b'.repeat(32);
/** Four chunks, the last one shorter. */
const bytes = Buffer.from(Array.from({ length: 200_003 }, (_, at) => (at * 31 + (at >> 8)) % 256));

let folder: string;
let media: TestMedia;
let deps: TestDeps;
let app: ReturnType<typeof createApp>;
let device: TestDevice;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dialside-recordings-'));
  media = await startMedia(bytes);
  const recordingUrl = async (file: string) => new URL(`${media.url}/${file}`);
  deps = await makeDeps({ antbuddy: { recordingUrl }, config: { recordingCache: { dir: folder, maxBytes: 1_000_000 } } });
  deps.config.antbuddy = { ...deps.config.antbuddy, mediaHosts: [new URL(media.url).host] };
  app = createApp(deps);
  device = await addDevice(deps, { username: 'mailan' });
  await addRecordedCall(deps, callId, 'a.mp3', 'user:mailan');
  await addRecordedCall(deps, otherId, 'b.mp3', 'user:mailan');
});
afterEach(async () => {
  await deps.close();
  await media.stop();
  rmSync(folder, { recursive: true });
});

const pathOf = (id: string) => join(folder, `${id}.rec`);
function get(headers: Record<string, string> = {}, { id = callId, from = app, method = 'GET' } = {}) {
  const ticket = signTicket(deps.config.relayKey, { deviceId: device.deviceId, callId: id, expiresAt: deps.now() + 600_000 });
  return from.request(`/v1/recordings/${id}/audio?ticket=${ticket}`, { headers, method });
}
async function bytesOf(answer: Response | Promise<Response>): Promise<Buffer> {
  return Buffer.from(await (await answer).arrayBuffer());
}
async function hear(id = callId): Promise<void> {
  expect((await bytesOf(get({}, { id }))).equals(bytes)).toBe(true);
}

describe('kept recordings', () => {
  it('are fetched once and then answered in the same words', async () => {
    const first = await get();
    expect((await bytesOf(first)).equals(bytes)).toBe(true);
    const second = await get();
    expect((await bytesOf(second)).equals(bytes)).toBe(true);
    expect(media.requests).toHaveLength(1);
    const headersOf = (answer: Response) => Object.fromEntries([...answer.headers].filter(([name]) => name !== 'x-request-id'));
    expect(headersOf(second)).toEqual(headersOf(first));
  });

  it.each([
    ['the whole', {}, true],
    ['a range that is the whole, as browsers ask', { range: 'bytes=0-' }, true],
    ['a part', { range: 'bytes=1-' }, false],
    ['all but the end', { range: 'bytes=0-200001' }, false],
  ])('%s is kept: %j %s', async (_what, headers: Record<string, string>, kept) => {
    await bytesOf(get(headers));
    expect(readdirSync(folder)).toEqual(kept ? [`${callId}.rec`] : []);
  });

  it('are the same for 1,000 random ranges, with nothing asked of the media host', { timeout: 30_000 }, async () => {
    await hear();
    let seed = 11;
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
      const answer = await get({ range });
      expect(answer.status).toBe(206);
      expect((await bytesOf(answer)).equals(expected)).toBe(true);
    }
    expect(media.requests).toHaveLength(1);
  });

  it.each([
    [{ range: 'bytes=0-9' }, 206, 'bytes 0-9/200003', '10'],
    [{ range: 'bytes=200002-' }, 206, 'bytes 200002-200002/200003', '1'],
    [{ range: 'bytes=0-999999' }, 206, 'bytes 0-200002/200003', '200003'],
    [{ range: 'bytes=-999999' }, 206, 'bytes 0-200002/200003', '200003'],
    [{ range: 'bytes=200003-' }, 416, 'bytes */200003', null],
    [{ range: 'bytes=-0' }, 416, 'bytes */200003', null],
    [{ range: 'bytes=9-3' }, 200, null, '200003'],
    [{ range: 'bytes=0-0,5-6' }, 200, null, '200003'],
    [{ range: 'bytes=0-9', 'if-range': '"v1"' }, 206, 'bytes 0-9/200003', '10'],
    [{ range: 'bytes=0-9', 'if-range': '"v2"' }, 200, null, '200003'],
    [{ 'if-none-match': 'W/"v1"' }, 304, null, null],
    [{ 'if-none-match': '"v2"' }, 200, null, '200003'],
  ] as [Record<string, string>, number, string | null, string | null][])(
    'answer %j with %i',
    async (headers, status, range, length) => {
      await hear();
      for (const method of ['HEAD', 'GET']) {
        const answer = await get(headers, { method });
        expect([answer.status, answer.headers.get('content-range'), answer.headers.get('content-length')]).toEqual([
          status,
          range,
          length,
        ]);
        expect((await bytesOf(answer)).length).toBe(method === 'HEAD' ? 0 : Number(length ?? 0));
      }
      expect(media.requests).toHaveLength(1);
    },
  );

  it('hold nothing readable', async () => {
    await hear();
    const file = readFileSync(pathOf(callId));
    for (let at = 0; at < bytes.length - 32; at += 997) expect(file.includes(bytes.subarray(at, at + 32))).toBe(false);
    expect(file.toString('latin1')).not.toMatch(/a\.mp3|audio\/mpeg/);
    expect(statSync(pathOf(callId)).mode & 0o077).toBe(0);
  });

  const damages: Record<string, (file: Buffer) => Buffer | null> = {
    'no magic': (file) => flipped(file, 0),
    'another salt': (file) => flipped(file, 5),
    'another head': (file) => flipped(file, 50),
    'a changed first chunk': (file) => flipped(file, 400),
    'a missing end': (file) => file.subarray(0, -1),
    'a missing chunk': (file) => Buffer.concat([file.subarray(0, 300), file.subarray(300 + 65_552)]),
    'an added byte': (file) => Buffer.concat([file, Buffer.alloc(1)]),
    nothing: () => Buffer.alloc(0),
    'another recording': () => null,
  };
  it.each(Object.entries(damages))('with %s are dropped and fetched again', async (_what, damage) => {
    await hear();
    await hear(otherId);
    writeFileSync(pathOf(callId), damage(readFileSync(pathOf(callId))) ?? readFileSync(pathOf(otherId)));
    await hear();
    expect(media.requests).toHaveLength(3);
    await hear();
    expect(media.requests).toHaveLength(3);
  });

  it('stay when it is the folder that cannot be read', async () => {
    symlinkSync(pathOf(callId), pathOf(callId));
    expect(await createRecordingCache(deps)!.find({ callId, fileName: 'a.mp3' })).toBeNull();
    await hear();
    expect(lstatSync(pathOf(callId)).isSymbolicLink()).toBe(true);
  });

  it('are heard, and closed after, when it cannot be noted that they were', async () => {
    await hear();
    const handle = await open(pathOf(callId));
    const utimes = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'utimes').mockRejectedValue(new Error('read-only'));
    await handle.close();
    utimesSync(pathOf(callId), 1, 1);
    await hear();
    expect(utimes).toHaveBeenCalledOnce();
    expect(media.requests).toHaveLength(1);
  });

  it('break off where a later chunk was changed, never with other sound, and are fetched again', async () => {
    await hear();
    writeFileSync(pathOf(callId), flipped(readFileSync(pathOf(callId)), 150_000));
    await expect(bytesOf(get())).rejects.toThrow();
    await hear();
    expect(media.requests).toHaveLength(2);
  });

  it('are worth nothing under another RELAY_KEY', async () => {
    await hear();
    deps.config.relayKey = Buffer.alloc(32, 2);
    await hear();
    expect(media.requests).toHaveLength(2);
  });

  it('leave no file when the listener leaves or the media host breaks off', async () => {
    const reader = (await get()).body!.getReader();
    await reader.read();
    await reader.cancel();
    media.serve = (_, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': bytes.length });
      response.write(bytes.subarray(0, 90_000), () => response.socket?.resetAndDestroy());
    };
    await expect(bytesOf(get())).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('make room by what was not heard for longest, and never exceed it', async () => {
    const ids = ['1', '2', '3', '4', '5', '6', '7'].map((digit) => digit.repeat(32));
    for (const [turn, id] of ids.entries()) {
      await addRecordedCall(deps, id, `${id}.mp3`, 'user:mailan');
      await hear(id);
      utimesSync(pathOf(id), turn, turn);
      // The first recording is played each time.
      if (turn > 0) await hear(ids[0]);
      const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1_000_000);
    }
    expect(readdirSync(folder).sort()).toEqual([ids[0], ...ids.slice(-3)].map((id) => `${id}.rec`));
  });

  it.each([1, 2])('never exceed it when many are heard at once on %i relays', async (relays) => {
    const apps = [app, createApp(deps)].slice(0, relays);
    const ids = Array.from({ length: 10 }, (_, at) => String(at).repeat(32));
    for (const id of ids) await addRecordedCall(deps, id, `${id}.mp3`, 'user:mailan');
    await hear();
    const answers = await Promise.all(ids.map((id, at) => get({}, { id, from: apps[at % relays]! })));
    const total = () => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    const sounds = await Promise.all(
      answers.map(async (answer) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of answer.body!) {
          chunks.push(chunk);
          expect(total()).toBeLessThanOrEqual(1_000_000);
        }
        return Buffer.concat(chunks);
      }),
    );
    expect(sounds.every((sound) => sound.equals(bytes))).toBe(true);
    expect(readdirSync(folder).length).toBeGreaterThan(2);
  });

  it('are not made of one that would take more than half of the room', async () => {
    deps.config.recordingCache = { dir: folder, maxBytes: 300_000 };
    app = createApp(deps);
    await hear();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('may be shared by relays that all write at once', async () => {
    const relays = [app, createApp(deps), createApp(deps)];
    const heard = await Promise.all([...relays, ...relays].map((from) => bytesOf(get({}, { from }))));
    expect(heard.every((sound) => sound.equals(bytes))).toBe(true);
    expect(readdirSync(folder)).toEqual([`${callId}.rec`]);
    rmSync(pathOf(callId));
    await hear();
  });

  it('cost the copy, not the playback, when the folder cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    deps.config.recordingCache = { dir: join(folder, 'file', 'below'), maxBytes: 1_000_000 };
    app = createApp(deps);
    await hear();
    await hear();
    expect(media.requests).toHaveLength(2);
  });

  it('go with the call that the history forgets, and with what a dead relay left', async () => {
    await hear();
    await hear(otherId);
    writeFileSync(join(folder, `${callId}.${crypto.randomUUID()}.part`), '');
    utimesSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.part'))!), 1, 1);
    writeFileSync(join(folder, 'somebody-elses.txt'), '');
    await deps.store.deleteFrom('history').where('id', '=', callId).execute();
    await createRecordingCache(deps)!.tidy((ids) => findRecorded(deps, ids));
    expect(readdirSync(folder).sort()).toEqual([`${otherId}.rec`, 'somebody-elses.txt']);
  });
});

function flipped(file: Buffer, at: number): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}
