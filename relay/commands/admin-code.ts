import { createAgent } from '../agents/agent-records.ts';
import { createEnrolment } from '../agents/enrolments.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { RelayConfig } from '../config.ts';
import { beginStore, type CommandDeps, withStore } from './with-store.ts';

const actor = 'command-line';

export interface AdminCodeOptions {
  name: string;
  resetPassphrase?: boolean;
}

/** Prints a code for an admin, to be typed into Dialside's options within ten minutes. */
export async function adminCode(
  config: RelayConfig,
  options: AdminCodeOptions,
  print: (line: string) => void = console.log,
): Promise<void> {
  await beginStore(config);
  await withStore(config, async (deps) => {
    const admin = await findOrMakeAdmin(deps, options.name);
    if (options.resetPassphrase) await resetPassphrase(deps, admin.id);
    const { code } = await createEnrolment(deps, admin.id, actor);
    print(`Code for ${admin.name}: ${code}`);
    print(`Type it into Dialside’s options within 10 minutes, with the relay’s address ${config.publicUrl}`);
  });
}

/** An admin of that name; otherwise a new one, which needs no other admin: who runs commands here owns the relay. */
async function findOrMakeAdmin(deps: CommandDeps, name: string): Promise<{ id: string; name: string }> {
  const known = await deps.store
    .selectFrom('agents')
    .select(['id', 'name', 'role', 'active'])
    .where('name', '=', name)
    .executeTakeFirst();
  if (known?.role === 'admin' && known.active === 1) return known;
  if (known) throw new Error(`${name} is no active admin. Give another name with --name.`);
  return createAgent(deps, { name, role: 'admin', username: null, sipUser: null }, actor);
}

async function resetPassphrase(deps: CommandDeps, agentId: string): Promise<void> {
  await deps.store.transaction().execute(async (store) => {
    await recordAudit({ ...deps, store }, { actor, action: 'passphrase.reset', subject: `agent:${agentId}` });
    await store.updateTable('agents').set({ passphrase_hash: null }).where('id', '=', agentId).execute();
    await store.updateTable('devices').set({ step_up_until: null }).where('agent_id', '=', agentId).execute();
  });
}
