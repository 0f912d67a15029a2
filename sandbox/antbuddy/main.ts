import { parseArgs } from 'node:util';
import { startAntBuddy } from './start-antbuddy.ts';

const usage = `Starts the stand-in for AntBuddy and prints its addresses and credentials.

  node sandbox/antbuddy/main.ts [--port 4100] [--media-port 4101] [--signal-port 4102]
                                [--calls 400] [--agents 5] [--days 60] [--ring 3000] [--talk 8000]`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4100' },
    'media-port': { type: 'string', default: '4101' },
    'signal-port': { type: 'string', default: '4102' },
    calls: { type: 'string', default: '400' },
    agents: { type: 'string', default: '5' },
    days: { type: 'string', default: '60' },
    ring: { type: 'string', default: '3000' },
    talk: { type: 'string', default: '8000' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  const antbuddy = await startAntBuddy({
    port: number('port'),
    mediaPort: number('media-port'),
    signalPort: number('signal-port'),
    seed: { calls: number('calls'), agents: number('agents'), days: number('days') },
    ringMs: number('ring'),
    talkMs: number('talk'),
  });
  const { appId, appSecret, accountId, devices } = antbuddy.control.credentials();
  console.log(`AntBuddy stand-in\n`);
  console.log(`  ANTBUDDY_BASE_URL    ${antbuddy.url}`);
  console.log(`  recordings           ${antbuddy.mediaUrl}`);
  console.log(`  call signals         ${antbuddy.signalUrl}`);
  console.log(`  ANTBUDDY_APP_ID      ${appId}`);
  console.log(`  ANTBUDDY_APP_SECRET  ${appSecret}`);
  console.log(`  ANTBUDDY_ACCOUNT_ID  ${accountId}\n`);
  console.table(devices);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void antbuddy.stop());
}

function number(name: Exclude<keyof typeof values, 'help'>): number {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value >= 0) return value;
  console.error(`--${name} wants a number, not "${values[name]}".\n\n${usage}`);
  process.exit(2);
}
