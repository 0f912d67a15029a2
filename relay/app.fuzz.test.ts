import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { ErrorBodySchema } from './contract.ts';
import { operations } from './docs/operations.ts';
import { addDevice, type TestDevice } from './testing/device.ts';
import { makeDeps, type TestDeps } from './testing/make-deps.ts';

let deps: TestDeps;
let app: ReturnType<typeof createApp>;
let admin: TestDevice;
beforeAll(async () => {
  deps = await makeDeps();
  app = createApp(deps);
  admin = await addDevice(deps, { role: 'admin', steppedUp: true, sipUser: '101' });
});
afterAll(() => deps.close());

/** Values near what the schemas ask for, and far from it. */
const nearly = fc.oneof(
  fc.constantFrom(
    '+84912345678',
    '0912',
    '19001234',
    'agent',
    'admin',
    'page',
    'VN',
    'Asia/Ho_Chi_Minh',
    '08:00',
    crypto.randomUUID(),
  ),
  fc.constantFrom(0, 1, -1, 1.5, 2 ** 53, 1_772_420_400_000, null, true, [], {}),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.anything({ maxDepth: 2 }),
);
const fields = [
  'number',
  'clickedAt',
  'surface',
  'site',
  'code',
  'passphrase',
  'deviceName',
  'name',
  'role',
  'username',
  'sipUser',
  'sipPassword',
  'active',
  'agentId',
  'countries',
  'caps',
  'at',
  '__proto__',
  'constructor',
];
const body = fc.oneof(
  fc.dictionary(fc.constantFrom(...fields), nearly, { maxKeys: 8 }).map((value) => json(value)),
  fc.anything().map((value) => json(value)),
  fc.string({ unit: 'binary', maxLength: 500 }),
);
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('..', '%00', '%2e%2e', 'null', '-1', crypto.randomUUID(), 'a'.repeat(5000)),
);
const query = fc.dictionary(
  fc.constantFrom('cursor', 'limit', 'direction', 'q', 'from', 'to', 'before', 'mode', 'ticket', 'x'),
  word,
  { maxKeys: 4 },
);
const headerText = fc.oneof(fc.constantFrom('"1"', '"0"', '*', 'W/"1"', crypto.randomUUID()), fc.string({ maxLength: 60 }));
const requests = fc.record({
  body,
  word,
  query,
  ifMatch: headerText,
  key: headerText,
  type: fc.constantFrom('application/json', 'text/csv', 'text/plain', ''),
});

const runs = Number(process.env.FUZZ_RUNS ?? 60);

/** The routes of which a request went through. */
const served = new Set<string>();

describe('whatever is sent', { timeout: 600_000 }, () => {
  it.each(operations.map(({ route, answer }) => [route, answer] as const))(
    `%s answers ${runs} generated requests with a code, never with 500`,
    async (route, answer) => {
      const [method = '', pattern = ''] = route.split(' ');
      await fc.assert(
        fc.asyncProperty(requests, async (request) => {
          const path = pattern.replace(/:\w+/g, () => encodeURIComponent(wellFormed(request.word)) || 'x');
          const url = new URL(`https://relay.test${path}`);
          for (const [name, value] of Object.entries(request.query)) url.searchParams.append(name, wellFormed(value));
          const headers = {
            ...(await admin.headers(method, url.pathname)),
            ...(request.type ? { 'content-type': request.type } : {}),
            'if-match': printable(request.ifMatch),
            'idempotency-key': printable(request.key),
          };
          const hasBody = method !== 'GET' && method !== 'DELETE';
          const response = await app.request(url.pathname + url.search, {
            method,
            headers,
            ...(hasBody ? { body: wellFormed(request.body) } : {}),
          });
          expect(response.status).not.toBe(500);
          if (response.status >= 400) v.parse(ErrorBodySchema, await response.json());
          else if (answer && response.status < 300) v.parse(answer, await response.json());
          // An event stream would stay open.
          else await response.body?.cancel();
          if (response.status < 300) served.add(route);
        }),
        { numRuns: runs },
      );
    },
  );

  it('some of it goes through', () => {
    expect(served.size).toBeGreaterThan(5);
  });
});

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    // Values with cycles or big integers have no JSON form.
    return '{';
  }
}
function wellFormed(text: string): string {
  return text.toWellFormed();
}
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '');
}
