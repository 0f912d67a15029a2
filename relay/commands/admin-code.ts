import { createAgent } from '../agents/agent-records.ts';
import { createEnrolment } from '../agents/enrolments.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { RelayConfig } from '../config.ts';
import { type CommandDeps, withStore } from './with-store.ts';

const actor = 'command-line';

interface AdminCodeOptions {
  name?: string;
  resetPassphrase?: boolean;
}

/** Prints a code for an admin to type into Dialside's options within ten minutes. */
export async function adminCode(
  config: RelayConfig,
  options: AdminCodeOptions,
  print: (line: string) => void = console.log,
): Promise<void> {
  await withStore(config, async (deps) => {
    const admin = (await findAdmin(deps, options)) ?? (await makeAdmin(deps, options.name ?? 'Admin', print));
    if (options.resetPassphrase) await resetPassphrase(deps, admin.id);
    const { code } = await createEnrolment(deps, admin.id, actor);
    print(`Code for ${admin.name}: ${code}`);
    print(`Type it into Dialside’s options within 10 minutes, with the relay’s address ${config.publicUrl}`);
  });
}

interface Admin {
  id: string;
  name: string;
}

/** The active admin of that name, or without a name the only admin; undefined if one must be created. */
async function findAdmin({ store }: CommandDeps, { name, resetPassphrase }: AdminCodeOptions): Promise<Admin | undefined> {
  const agents = await store.selectFrom('agents').select(['id', 'name', 'role', 'active']).execute();
  const admins = agents.filter(({ role, active }) => role === 'admin' && active === 1);
  const known = name === undefined ? admins.slice(0, 1) : admins.filter((admin) => admin.name === name);
  const named = admins.map((admin) => admin.name).join(', ');
  if (name === undefined && admins.length > 1) throw new Error(`There are several admins. Say which with --name: ${named}.`);
  if (known.length === 0 && agents.some((agent) => agent.name === name))
    throw new Error(`${name} is no active admin. Give another name with --name.`);
  // A misspelt name would create another admin, and leave the passphrase unchanged.
  if (known.length === 0 && resetPassphrase)
    throw new Error(`There is no admin ${name ?? 'yet'}.${named && ` Give one of these with --name: ${named}.`}`);
  return known[0];
}

/** Needs no other admin's consent: whoever runs commands here owns the relay. */
async function makeAdmin(deps: CommandDeps, name: string, print: (line: string) => void): Promise<Admin> {
  const admin = await createAgent(deps, { name, role: 'admin', username: null, sipUser: null }, actor);
  print(`${name} was made an admin.`);
  return admin;
}

async function resetPassphrase(deps: CommandDeps, agentId: string): Promise<void> {
  await deps.store.transaction().execute(async (store) => {
    await recordAudit({ ...deps, store }, { actor, action: 'passphrase.reset', subject: `agent:${agentId}` });
    await store.updateTable('agents').set({ passphrase_hash: null }).where('id', '=', agentId).execute();
    await store.updateTable('devices').set({ step_up_until: null }).where('agent_id', '=', agentId).execute();
  });
}
