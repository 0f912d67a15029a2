import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type AntBuddy, type AntBuddyOptions, startAntBuddy } from './antbuddy/start-antbuddy.ts';
import { startCrm } from './crm/start-crm.ts';
import { type RelayProcess, startRelay } from './relay-process.ts';

/** A whole company on one machine: AntBuddy's stand-in, the real relay, a CRM. */
export interface Stage {
  antbuddy: AntBuddy;
  relay: RelayProcess;
  crmUrl: string;
  /** Throws when the relay sent AntBuddy a request that the vendor's document does not allow. */
  stop(): Promise<void>;
}

export interface StageOptions {
  dataRoot?: string;
  antbuddy?: AntBuddyOptions;
  relayEnvironment?: Record<string, string>;
  /** Fixed ports that a person can remember; tests omit them and get free ones. */
  ports?: { antbuddy: number; relay: number; crm: number };
}

const stages = join(import.meta.dirname, '../.output/stages');

export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const { dataRoot = makeDataRoot(), ports } = options;
  const antbuddy = await startAntBuddy({ port: ports?.antbuddy ?? 0, ...options.antbuddy });
  const crm = await startCrm({ port: ports?.crm ?? 0 });
  const relay = await startRelay({
    antbuddy,
    dataRoot,
    preferredPort: ports?.relay,
    environment: options.relayEnvironment,
  });

  return {
    antbuddy,
    relay,
    crmUrl: crm.url,
    async stop() {
      await relay.stop();
      await Promise.all([crm.stop(), antbuddy.stop()]);
      rmSync(dataRoot, { recursive: true, force: true });
      const violations = antbuddy.control.violations().map(({ path, detail }) => `${path}: ${detail}`);
      if (violations.length > 0) throw new Error(`AntBuddy's document does not allow: ${violations.join(' ')}`);
    },
  };
}

/** Each stage has its own folder, because it removes it at its end and several stages may run side by side. */
function makeDataRoot(): string {
  mkdirSync(stages, { recursive: true });
  return mkdtempSync(join(stages, 'stage-'));
}
