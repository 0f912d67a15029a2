import { forgetFacts } from '../number-card/facts-cache.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import type { RelayClient } from '../relay/relay-client.ts';
import { type Reply, succeed } from '../reply.ts';
import type { Handle } from './create-handle.ts';
import { withClient } from './with-client.ts';

/** Admin actions of the options page. Only the relay decides whether this agent is an admin. */
export function registerAdmin(handle: Handle, access: RelayAccess): void {
  const changeRules = async <T>(change: (relay: RelayClient) => Promise<Reply<T>>): Promise<Reply<T>> => {
    const reply = await withClient(access, change);
    if (reply.ok) await forgetFacts();
    return reply;
  };
  handle('stepUp', (passphrase) => withClient(access, (relay) => relay.stepUp(passphrase)));
  handle('listAgents', () =>
    withClient(access, async (relay) => {
      const list = await relay.listAgents();
      return list.ok ? succeed(list.value.agents) : list;
    }),
  );
  handle('createAgent', (agent) => withClient(access, (relay) => relay.createAgent(agent)));
  handle('changeAgent', ({ id, version, change }) => withClient(access, (relay) => relay.changeAgent(id, version, change)));
  handle('createEnrolment', (agentId) => withClient(access, (relay) => relay.createEnrolment(agentId)));
  handle('testSipDevice', (id) => withClient(access, (relay) => relay.testSipDevice(id)));
  handle('revokeDevice', (id) => withClient(access, (relay) => relay.revokeDevice(id)));

  handle('getPolicy', () => withClient(access, (relay) => relay.getPolicy()));
  handle('savePolicy', ({ version, policy }) => changeRules((relay) => relay.savePolicy(version, policy)));
  handle('dryRunPolicy', (request) => withClient(access, (relay) => relay.dryRun(request)));
  handle('exportDoNotCall', () => withClient(access, (relay) => relay.exportDoNotCall()));
  handle('importDoNotCall', ({ mode, csv }) => changeRules((relay) => relay.importDoNotCall(mode, csv)));
  handle('listAskedNotToCall', () =>
    withClient(access, async (relay) => {
      const list = await relay.listAskedNotToCall();
      return list.ok ? succeed(list.value.asked) : list;
    }),
  );
  handle('removeDoNotCall', (number) => withClient(access, (relay) => relay.removeDoNotCall(number)));
  handle('listLocks', () =>
    withClient(access, async (relay) => {
      const list = await relay.listLocks();
      return list.ok ? succeed(list.value.locks) : list;
    }),
  );
  handle('unlockAgent', (id) => withClient(access, (relay) => relay.unlockAgent(id)));
  handle('readReport', (query) => withClient(access, (relay) => relay.readReport(query)));
  handle('listPlacedCalls', (query) => withClient(access, (relay) => relay.listPlacedCalls(query)));
  handle('readAudit', (query) => withClient(access, (relay) => relay.readAudit(query)));
}
