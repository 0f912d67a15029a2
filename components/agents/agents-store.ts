import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AgentChange, AgentCreate, AgentRecord, Enrolment } from '../../relay/contract.ts';
import type { Failure, Reply } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';
import { createStepUp, type StepUp } from './step-up.ts';

export interface AgentsState {
  /** Null until they were read once. */
  agents: AgentRecord[] | null;
  failure: Failure | null;
}

export interface Agents {
  store: StoreApi<AgentsState>;
  stepUp: StepUp;
  load(): Promise<void>;
  create(agent: AgentCreate): Promise<Reply<AgentRecord>>;
  /** On `version_conflict` the newer record has been read into the store by the time this answers. */
  change(agent: AgentRecord, change: AgentChange): Promise<Reply<AgentRecord>>;
  enrol(agentId: string): Promise<Reply<Enrolment>>;
  revoke(deviceId: string): Promise<Reply<null>>;
}

export function createAgents(send: Send): Agents {
  const store = createStore<AgentsState>(() => ({ agents: null, failure: null }));
  const stepUp = createStepUp(send);

  async function load() {
    const reply = await send('listAgents');
    store.setState(reply.ok ? { agents: sorted(reply.value), failure: null } : { failure: reply.error });
  }

  function keep(reply: Reply<AgentRecord>): Reply<AgentRecord> {
    if (reply.ok) {
      const others = (store.getState().agents ?? []).filter(({ id }) => id !== reply.value.id);
      store.setState({ agents: sorted([...others, reply.value]) });
    }
    return reply;
  }

  return {
    store,
    stepUp,
    load,
    create: async (agent) => keep(await stepUp.run(() => send('createAgent', agent))),
    async change({ id, version }, change) {
      const reply = await stepUp.run(() => send('changeAgent', { id, version, change }));
      if (!reply.ok && reply.error.code === 'version_conflict') await load();
      return keep(reply);
    },
    enrol: (agentId) => stepUp.run(() => send('createEnrolment', agentId)),
    async revoke(deviceId) {
      const reply = await stepUp.run(() => send('revokeDevice', deviceId));
      if (reply.ok) await load();
      return reply;
    },
  };
}

function sorted(agents: AgentRecord[]): AgentRecord[] {
  return agents.toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, 'vi'));
}
