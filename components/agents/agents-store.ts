import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type AgentChange,
  type AgentCreate,
  type AgentRecord,
  codeLivesMs,
  type Enrolment,
  type SipDeviceTry,
} from '../../relay/contract.ts';
import { brokeOff, type Failure, type Reply, succeed } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';
import { createStepUp, type StepUp } from './step-up.ts';

interface AgentsState {
  /** Null until they were read once. */
  agents: AgentRecord[] | null;
  failure: Failure | null;
  /** Whether a code that was made here may still be redeemed. */
  awaitsAgents: boolean;
}

export interface Agents {
  store: StoreApi<AgentsState>;
  stepUp: StepUp;
  load(): Promise<void>;
  /** When only the answer was lost, finds the agent that the relay did create in the list. */
  create(agent: AgentCreate): Promise<Reply<AgentRecord>>;
  /** On `version_conflict` the store already holds the newer record when this resolves. */
  change(agent: AgentRecord, change: AgentChange): Promise<Reply<AgentRecord>>;
  enrol(agentId: string): Promise<Reply<Enrolment>>;
  /** Whether AntBuddy accepts what is saved of a SIP device. */
  test(sipDeviceId: string): Promise<Reply<SipDeviceTry>>;
  revoke(deviceId: string): Promise<Reply<null>>;
}

/** After these failures the relay may have carried out the write. */
const mayBeWritten = [...brokeOff, 'agent_exists'];

export function createAgents(send: Send): Agents {
  const store = createStore<AgentsState>(() => ({ agents: null, failure: null, awaitsAgents: false }));
  const stepUp = createStepUp(send);
  const written: AgentRecord[] = [];
  let codesEndAt = 0;
  let asked = 0;
  let heard = 0;

  async function load() {
    asked += 1;
    const turn = asked;
    const before = written.length;
    const reply = await send('listAgents');
    // A later request was answered first.
    if (turn < heard) return;
    heard = turn;
    const awaitsAgents = Date.now() < codesEndAt;
    if (!reply.ok) return store.setState({ failure: reply.error, awaitsAgents });
    // The answer may not contain what was written since its request.
    const newer = new Map(written.slice(before).map((agent) => [agent.id, agent]));
    const others = reply.value.filter(({ id }) => !newer.has(id));
    store.setState({ agents: sorted([...others, ...newer.values()]), failure: null, awaitsAgents });
  }

  function keep(reply: Reply<AgentRecord>): Reply<AgentRecord> {
    if (reply.ok) {
      written.push(reply.value);
      const others = (store.getState().agents ?? []).filter(({ id }) => id !== reply.value.id);
      store.setState({ agents: sorted([...others, reply.value]) });
    }
    return reply;
  }

  return {
    store,
    stepUp,
    load,
    async create(agent) {
      const before = store.getState().agents;
      const reply = await stepUp.run(() => send('createAgent', agent));
      if (reply.ok || !mayBeWritten.includes(reply.error.code)) return keep(reply);
      await load();
      const isNew = ({ id }: AgentRecord) => before?.every((other) => other.id !== id);
      const made = store.getState().agents?.find((other) => isNew(other) && isAsAsked(other, agent));
      return made ? succeed(made) : reply;
    },
    async change({ id, version }, change) {
      const reply = await stepUp.run(() => send('changeAgent', { id, version, change }));
      if (!reply.ok && reply.error.code === 'version_conflict') await load();
      return keep(reply);
    },
    async enrol(agentId) {
      const reply = await stepUp.run(() => send('createEnrolment', agentId));
      if (reply.ok) {
        codesEndAt = Date.now() + codeLivesMs;
        store.setState({ awaitsAgents: true });
      }
      return reply;
    },
    test: (sipDeviceId) => stepUp.run(() => send('testSipDevice', sipDeviceId)),
    async revoke(deviceId) {
      const reply = await stepUp.run(() => send('revokeDevice', deviceId));
      if (reply.ok) await load();
      return reply;
    },
  };
}

function isAsAsked(agent: AgentRecord, { name, username = null, sipUser, sipPassword, sipDevices }: AgentCreate): boolean {
  const asked = sipDevices ?? (sipUser ? [{ sipUser, sipPassword }] : []);
  const [is, should] = [
    agent.sipDevices.map((device) => [device.sipUser, device.hasSipPassword]),
    asked.map((device) => [device.sipUser, device.sipPassword !== undefined]),
  ];
  return agent.name === name && agent.username === username && JSON.stringify(is) === JSON.stringify(should);
}

function sorted(agents: AgentRecord[]): AgentRecord[] {
  return agents.toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, 'vi'));
}
