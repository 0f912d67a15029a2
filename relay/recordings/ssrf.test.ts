import { createHook } from 'node:async_hooks';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RelayError } from '../http/relay-error.ts';
import { startMedia, type TestMedia } from '../testing/start-media.ts';
import { openMedia } from './open-media.ts';

/** Counts all TCP connection attempts of this process. */
let connects = 0;
const counter = createHook({
  init: (_id, type) => {
    if (type === 'TCPCONNECTWRAP') connects += 1;
  },
});

let media: TestMedia;
beforeEach(async () => {
  media = await startMedia(Buffer.from('sound'));
  connects = 0;
  counter.enable();
});
afterEach(async () => {
  counter.disable();
  await media.stop();
});

const vendor = ['abs1.antbuddy.com', '*.antbuddy.com', '93.184.216.34', 'media.example:8443'];
/** An operator who lists internal hosts by name or address must gain nothing by it. */
const careless = [...vendor, hostname(), '*.localhost', '10.0.0.8', '169.254.169.254', '192.168.1.1', '[fd00::1]', '0.0.0.0'];

const open = (url: string, hosts: string[]) => openMedia(new URL(url), hosts, {}, new AbortController().signal);

describe('addresses that must not be fetched', () => {
  it('counts connections', async () => {
    const answer = await open(`${media.url}/a.mp3`, [new URL(media.url).host]);
    answer.destroy();
    expect(connects).toBe(1);
  });

  it.each([
    // Other hosts, and hosts that look like the vendor's.
    ['https://evil.example/a.mp3', vendor],
    ['https://antbuddy.com.evil.example/a.mp3', vendor],
    ['https://abs1.antbuddy.com.evil.example/a.mp3', vendor],
    ['https://evilantbuddy.com/a.mp3', vendor],
    ['https://abs1.antbuddy.com@evil.example/a.mp3', vendor],
    ['https://abs1.antbuddy.com:x@127.0.0.1/a.mp3', vendor],
    ['https://evil.example/https://abs1.antbuddy.com/a.mp3', vendor],
    ['https://evil.example#abs1.antbuddy.com', vendor],
    ['https://evil.example\\.antbuddy.com/a.mp3', vendor],
    ['https://abs1%2eantbuddy%2ecom%2eevil.example/a.mp3', vendor],
    ['https://abs1。antbuddy。com。evil.example/a.mp3', vendor],
    // Other ports and schemes.
    ['https://abs1.antbuddy.com:22/a.mp3', vendor],
    ['https://abs1.antbuddy.com:6379/a.mp3', vendor],
    ['http://abs1.antbuddy.com/a.mp3', vendor],
    ['https://media.example:8444/a.mp3', vendor],
    ['ftp://abs1.antbuddy.com/a.mp3', vendor],
    ['file:///etc/passwd', vendor],
    ['file://abs1.antbuddy.com/etc/passwd', vendor],
    ['data:audio/mpeg;base64,AAAA', vendor],
    ['gopher://abs1.antbuddy.com/_GET', vendor],
    // This machine and its network, in spellings that evade a naive check.
    ['http://127.0.0.1/a.mp3', vendor],
    ['https://127.0.0.1/a.mp3', vendor],
    ['https://127.1/a.mp3', vendor],
    ['https://2130706433/a.mp3', vendor],
    ['https://0x7f000001/a.mp3', vendor],
    ['https://0177.0.0.1/a.mp3', vendor],
    ['https://localhost/a.mp3', vendor],
    ['https://localhost./a.mp3', vendor],
    ['https://[::1]/a.mp3', vendor],
    ['https://[::ffff:127.0.0.1]/a.mp3', vendor],
    ['https://[::ffff:a00:8]/a.mp3', vendor],
    ['https://0.0.0.0/a.mp3', careless],
    ['https://10.0.0.8/a.mp3', careless],
    ['https://192.168.1.1/a.mp3', careless],
    ['http://169.254.169.254/latest/meta-data/', careless],
    ['https://169.254.169.254/latest/meta-data/', careless],
    ['https://[fd00::1]/a.mp3', careless],
    ['https://[64:ff9b::a00:8]/a.mp3', ['[64:ff9b::a00:8]']],
    // Names that resolve to internal addresses, or to nothing.
    [`https://${hostname()}/a.mp3`, careless],
    ['https://a.localhost/a.mp3', careless],
    ['https://metadata.invalid/a.mp3', [...careless, 'metadata.invalid']],
  ])('%s: 0 connects', async (url, hosts) => {
    const refusal = await open(url, hosts).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RelayError);
    expect(connects).toBe(0);
  });

  it('follows no redirect', async () => {
    const inside = await startMedia(Buffer.from('inside'));
    media.serve = (_, response) => void response.writeHead(302, { location: `${inside.url}/secret` }).end();
    const answer = await open(`${media.url}/a.mp3`, [new URL(media.url).host, new URL(inside.url).host]);
    answer.destroy();
    expect([answer.statusCode, connects, inside.requests.length]).toEqual([302, 1, 0]);
    await inside.stop();
  });
});
