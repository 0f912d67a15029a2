import { browser } from 'wxt/browser';
import { fail, type Reply, succeed } from '../reply.ts';
import { sitePattern } from '../sites/site-pattern.ts';
import { clockOffsetItem } from '../storage.ts';
import { createIdentityStore, type Identity } from './identity.ts';
import { createRelayClient, type RelayClient } from './relay-client.ts';
import { createRelayClock } from './relay-clock.ts';
import type { RelayConnection, RelayDeps } from './send-request.ts';

interface RelayAccessDeps {
  identities?: { read(): Promise<Identity | undefined>; write(identity: Identity): Promise<void>; clear(): Promise<void> };
  permissions?: Pick<typeof browser.permissions, 'contains'>;
  client?: RelayDeps;
}

/** The relay that this browser is connected to, with a client while there is an identity. */
export function createRelayAccess(deps: RelayAccessDeps = {}) {
  const { identities = createIdentityStore(), permissions = browser.permissions } = deps;
  const clientDeps = deps.client ?? { clock: createRelayClock(clockOffsetItem) };
  let identity: Promise<Identity | undefined> | undefined;

  const read = () => {
    identity ??= identities.read().catch((error: unknown) => {
      // Not cached, so that the next caller tries again.
      identity = undefined;
      throw error;
    });
    return identity;
  };
  const isStill = (known: Identity | undefined) => async () => known !== undefined && (await read()) === known;
  /** Without the host permission a request fails like a network error (the relay sends no CORS headers). */
  const isPermitted = (relayUrl: string) => permissions.contains({ origins: [sitePattern(new URL(relayUrl).origin)] });

  return {
    relayUrl: async (): Promise<string | null> => (await read())?.relayUrl ?? null,

    /**
     * Returns a check whether this browser is still connected as it is now, so that one agent's data never ends up among
     * another's.
     */
    pin: async (): Promise<() => Promise<boolean>> => isStill(await read()),

    /** The host permission that the connection needs. */
    patterns: async (): Promise<string[]> => {
      const known = await read();
      return known ? [sitePattern(new URL(known.relayUrl).origin)] : [];
    },

    client: async (): Promise<Reply<RelayClient>> => {
      const known = await read();
      if (!known) return fail('not_connected');
      if (!(await isPermitted(known.relayUrl))) return fail('relay_permission_missing');
      const { relayUrl: baseUrl, keys, token } = known;
      return succeed(createRelayClient({ baseUrl, keys, token }, { ...clientDeps, isCurrent: isStill(known) }));
    },

    /** A client without a token, for redeeming a code. */
    newcomer: async (connection: RelayConnection): Promise<Reply<RelayClient>> =>
      (await isPermitted(connection.baseUrl))
        ? succeed(createRelayClient(connection, clientDeps))
        : fail('relay_permission_missing'),

    adopt: async (next: Identity): Promise<void> => {
      await identities.write(next);
      identity = Promise.resolve(next);
    },

    forget: async (): Promise<void> => {
      await identities.clear();
      identity = Promise.resolve(undefined);
    },
  };
}
export type RelayAccess = ReturnType<typeof createRelayAccess>;
