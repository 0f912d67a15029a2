import type { VoiceToken } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { RelayError } from '../http/relay-error.ts';
import type { VoiceTokens } from '../voice/voice-tokens.ts';

/** Most agents tried per attempt: of many, all softphones may be closed. */
const triedAtOnce = 10;

/**
 * The signal stream is the company's, so the token of any agent with a SIP device will do. Starts with the agent whose token was
 * obtained last; after failures the next attempt goes on with the agents not tried yet. Throws `device_offline` or
 * `agent_not_mapped` if none has one.
 */
export function createAnyToken(deps: Pick<Deps, 'store'>, tokens: Pick<VoiceTokens, 'tokenFor'>): () => Promise<VoiceToken> {
  let first: string | undefined;
  return async () => {
    const ids = (await mappedAgents(deps)).map(({ id }) => id);
    const start = Math.max(0, ids.indexOf(first ?? ''));
    const inTurn = [...ids.slice(start), ...ids.slice(0, start)];
    let refusal = new RelayError('agent_not_mapped');
    for (const [at, id] of inTurn.slice(0, triedAtOnce).entries()) {
      try {
        const token = await tokens.tokenFor(id);
        first = id;
        return token;
      } catch (error) {
        const code = error instanceof RelayError ? error.code : undefined;
        if (code !== 'upstream_busy') first = inTurn[at + 1];
        // A wrong or offline device says nothing about the next one; any other error concerns all.
        if (code !== 'device_offline' && code !== 'agent_not_mapped') throw error;
        refusal = error as RelayError;
      }
    }
    throw refusal;
  };
}

export function mappedAgents({ store }: Pick<Deps, 'store'>): Promise<{ id: string }[]> {
  return store
    .selectFrom('agents')
    .select('id')
    .where('active', '=', 1)
    .where('id', 'in', (eb) => eb.selectFrom('sip_devices').select('agent_id').where('sip_devices.sip_password', 'is not', null))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}
