import { Hono } from 'hono';
import { recordAudit } from '../audit/record-audit.ts';
import { StepUpRequestSchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { parseBody } from '../http/parse.ts';
import { type RelayEnv, stepUpLivesMs } from '../http/relay-env.ts';
import { RelayError } from '../http/relay-error.ts';
import { requireAdmin, requireAgent } from '../http/require-agent.ts';
import { isPassphrase } from './passphrase.ts';
import { passphraseTries, tryFew } from './tries.ts';

/** POST /admin/step-up: an admin's passphrase permits admin writes from this device for ten minutes. */
export function stepUpRoutes(deps: Deps): Hono<RelayEnv> {
  const routes = new Hono<RelayEnv>();

  routes.post('/admin/step-up', requireAgent(deps), requireAdmin, async (c) => {
    const { agentId, deviceId } = c.get('principal');
    const { passphrase } = await parseBody(c, StepUpRequestSchema);
    await tryFew(deps, passphraseTries(agentId), () => confirm(deps, agentId, passphrase));
    const stepUpUntil = deps.now() + stepUpLivesMs;
    await deps.store.transaction().execute(async (store) => {
      await recordAudit(
        { ...deps, store },
        { actor: `agent:${agentId}`, action: 'admin.step-up', subject: `device:${deviceId}` },
      );
      await store.updateTable('devices').set({ step_up_until: stepUpUntil }).where('id', '=', deviceId).execute();
    });
    return c.json({ stepUpUntil });
  });

  return routes;
}

async function confirm({ store }: Deps, agentId: string, passphrase: string): Promise<void> {
  const agent = await store.selectFrom('agents').select('passphrase_hash').where('id', '=', agentId).executeTakeFirst();
  if (!agent?.passphrase_hash) throw new RelayError('passphrase_unset');
  if (!(await isPassphrase(passphrase, agent.passphrase_hash))) throw new RelayError('passphrase_wrong');
}
