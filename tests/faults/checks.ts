export interface Check {
  /** Number of the fault scenario; several checks may belong to one. */
  number: number;
  name: string;
  /** A script of this folder that gets its count as an argument; or else unit tests, which get it from the variable, if any. */
  script?: string;
  args?: string[];
  tests?: string[];
  /** Browser tests, run on a fresh build. */
  specs?: string[];
  only?: string;
  variable?: string;
  small: number;
  full: number;
  needsPostgres?: boolean;
}

export const checks: Check[] = [
  { number: 1, name: 'worker killed after a click, Chromium', script: 'worker-kill.ts', small: 10, full: 200 },
  { number: 2, name: 'event page ended mid-call, Firefox', script: 'worker-kill.ts', args: ['firefox'], small: 3, full: 50 },
  { number: 3, name: 'synthetic and real presses', specs: ['page/synthetic'], small: 50, full: 50 },
  { number: 4, name: 'clickjacking and harmless pages', specs: ['page/clickjacking', 'page/harmless'], small: 1, full: 1 },
  {
    number: 5,
    name: 'senders and fuzzed messages',
    tests: [
      'utils/background/sender-role.test.ts',
      'utils/background/create-handle.test.ts',
      'utils/background/register.test.ts',
    ],
    variable: 'FUZZ_MESSAGES',
    small: 2_000,
    full: 10_000,
  },
  { number: 6, name: 'secrets stay where they are needed', specs: ['security'], only: 'secret', small: 1, full: 1 },
  {
    number: 7,
    name: 'manifests, grants, pages not enabled',
    specs: ['security'],
    only: 'build asks|granted and revoked|no trace',
    variable: 'GRANT_CYCLES',
    small: 14,
    full: 50,
  },
  {
    number: 8,
    name: 'code guesses, parallel redemptions, revocation',
    tests: ['relay/agents/enrolment-routes.test.ts', 'relay/store/engines.test.ts', 'relay/events/event-routes.test.ts'],
    only: 'enrol|code|revoked|guesses',
    variable: 'CODE_GUESSES',
    small: 500,
    full: 5_000,
  },
  { number: 9, name: 'every route and principal', tests: ['relay/app.test.ts'], small: 1, full: 1 },
  {
    number: 10,
    name: 'the same click again',
    tests: ['relay/calls/call-routes.test.ts'],
    only: 'idempotency',
    variable: 'REPLAYS',
    small: 200,
    full: 1000,
  },
  { number: 11, name: 'relay killed, SQLite', script: 'relay-kill.ts', args: ['sqlite'], small: 5, full: 100 },
  {
    number: 11,
    name: 'relay killed, PostgreSQL',
    script: 'relay-kill.ts',
    args: ['postgres'],
    small: 5,
    full: 100,
    needsPostgres: true,
  },
  { number: 11, name: 'a naive relay is caught', script: 'relay-kill.ts', args: ['naive'], small: 3, full: 20 },
  { number: 11, name: 'two relays, one killed', script: 'two-relays.ts', small: 1, full: 1, needsPostgres: true },
  { number: 12, name: 'a bad network', script: 'toxics.ts', small: 5, full: 25 },
  { number: 13, name: 'the database comes and goes', script: 'database-outage.ts', small: 4, full: 20, needsPostgres: true },
  { number: 14, name: 'hostile answers', script: 'hostile-answers.ts', small: 300, full: 2000 },
  { number: 15, name: 'generated requests', tests: ['relay/app.fuzz.test.ts'], variable: 'FUZZ_RUNS', small: 60, full: 10_000 },
  { number: 16, name: 'slow sockets', script: 'slow-sockets.ts', small: 500, full: 500 },
  { number: 16, name: '10 MB in chunks', tests: ['relay/server.test.ts'], only: '413', small: 1, full: 1 },
  {
    number: 17,
    name: 'toll fraud and bursts',
    tests: ['relay/policy/classify-number.test.ts', 'relay/policy/check-policy.test.ts'],
    small: 1,
    full: 1,
  },
  { number: 18, name: 'tampered audit logs', tests: ['relay/audit/read-audit.test.ts'], small: 1, full: 1 },
  {
    number: 19,
    name: 'recordings: ranges, tickets, addresses',
    tests: ['relay/recordings'],
    small: 1,
    full: 1,
  },
  {
    number: 20,
    name: 'rolling restarts',
    script: 'rolling-restarts.ts',
    small: 4,
    full: 20,
    needsPostgres: true,
  },
];
