import { createKeptDrafts } from '../background/kept-drafts.ts';
import { createKeptPlaces } from '../calls/kept-places.ts';
import type { Session } from '../messages.ts';
import { clearNoteDrafts } from '../note-drafts.ts';
import { createDeviceKeys } from '../relay/device-keys.ts';
import { normaliseRelayUrl } from '../relay/normalise-relay-url.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { agentItems, leavingItem, sessionItem } from '../storage.ts';

/** What the relay said of the agent longer ago may have changed since. */
const freshMs = 15 * 60_000;
/** A relay that could not be asked is left alone for this long by whoever asks unasked, on every page. */
const pauseMs = 60_000;
const notAsked = (error: unknown) => console.error('Dialside could not ask for what may have changed.', error);
const notMarked = (error: unknown) => console.error('Dialside could not write down that an agent leaves.', error);

export interface ConnectRequest {
  relayUrl: string;
  code: string;
  passphrase?: string;
}

export interface SessionDeps {
  access: RelayAccess;
  /** How this browser is called in the admin's list of devices. */
  deviceName: () => Promise<string>;
  now?: () => number;
}

/** The connection of this browser to its relay, and what the relay last said about the agent. */
export function createSession({ access, deviceName, now = Date.now }: SessionDeps) {
  /** The relay gives the token again to the key that a code was swapped for, should its answer be lost. */
  let trying: { code: string; keys: CryptoKeyPair } | undefined;

  /** From the store: needs no network. The identity decides, the stored session only adds what the relay said. */
  async function get(): Promise<Session> {
    const relayUrl = await access.relayUrl();
    if (relayUrl === null) return { connected: false };
    const stored = await sessionItem.getValue();
    return stored?.relayUrl === relayUrl ? { connected: true, ...stored } : { connected: true, relayUrl, me: null, meAt: null };
  }

  async function refresh(): Promise<Reply<Session>> {
    const relayUrl = await access.relayUrl();
    if (relayUrl === null) return succeed({ connected: false });
    const client = await access.client();
    if (!client.ok) return client;
    const me = await client.value.getMe();
    // Of a connection that was given up meanwhile.
    if (!me.ok && me.error.code === 'not_connected') return succeed(await get());
    if (!me.ok) return me;
    const stored = { relayUrl, me: me.value, meAt: now() };
    await sessionItem.setValue(stored);
    return succeed({ connected: true, ...stored });
  }

  const isWithin = (ms: number, at: number | null) => at !== null && Math.abs(now() - at) < ms;
  let triedAt: number | null = null;
  /** Refreshes what was said long ago, by a clock that may have been set back since; pages that start together ask once. */
  const refreshOld = (): Promise<void> => refreshUnlessFresh().catch(notAsked);
  async function refreshUnlessFresh(): Promise<void> {
    const session = await get();
    if (!session.connected || isWithin(freshMs, session.meAt) || isWithin(pauseMs, triedAt)) return;
    triedAt = now();
    await refresh();
  }

  async function leave(): Promise<void> {
    await access.forget();
    await forgetTraces();
  }

  async function forgetTraces(keepsDraftsOf?: string): Promise<void> {
    await Promise.all([
      clearNoteDrafts(keepsDraftsOf),
      createKeptPlaces().clear(),
      ...agentItems.map((item) => item.removeValue()),
    ]);
    if (keepsDraftsOf === undefined) await createKeptDrafts().clear();
    await leavingItem.removeValue();
  }

  return {
    get,
    refresh,
    refreshOld,

    /** Ends what a background began that was killed while it disconnected. */
    async finishLeaving(): Promise<void> {
      if (await leavingItem.getValue()) await leave();
    },

    /** Swaps the code for a token bound to a fresh key pair; an earlier identity is replaced only once that worked. */
    async connect(request: ConnectRequest): Promise<Reply<Session>> {
      const baseUrl = normaliseRelayUrl(request.relayUrl);
      if (baseUrl === null) return fail('relay_url_invalid');
      const code = `${baseUrl} ${request.code}`;
      if (trying?.code !== code) trying = { code, keys: await createDeviceKeys() };
      const { keys } = trying;
      const client = await access.newcomer({ baseUrl, keys });
      if (!client.ok) return client;
      const redeemed = await client.value.redeem({
        code: request.code,
        deviceName: await deviceName(),
        ...(request.passphrase ? { passphrase: request.passphrase } : {}),
      });
      if (!redeemed.ok) return redeemed;
      const { token, agent } = redeemed.value;
      // First, so that no late answer leaves a trace of the agent of before.
      await access.forget();
      // A new code is how an agent goes on whose access ended: what they noted meanwhile is theirs still.
      await forgetTraces(agent.id);
      await access.adopt({ relayUrl: baseUrl, token, keys });
      // Until the token is kept, the code gives it once more.
      trying = undefined;
      const refreshed = await refresh();
      // The code is spent and the token kept: connected, whatever became of the first look at the agent.
      return refreshed.ok ? refreshed : succeed(await get());
    },

    async disconnect(): Promise<Reply<Session>> {
      // On a disk that is full nothing can be written, and an agent can leave.
      await leavingItem.setValue(true).catch(notMarked);
      await leave();
      return succeed({ connected: false });
    },
  };
}
export type SessionService = ReturnType<typeof createSession>;
