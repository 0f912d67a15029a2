import { createKeptDrafts } from '../background/kept-drafts.ts';
import { createKeptPlaces } from '../calls/kept-places.ts';
import type { Session } from '../messages.ts';
import { clearNoteDrafts } from '../note-drafts.ts';
import { createDeviceKeys } from '../relay/device-keys.ts';
import { normaliseRelayUrl } from '../relay/normalise-relay-url.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { fail, type Reply, succeed } from '../reply.ts';
import { agentItems, callJournalItem, leavingItem, sessionItem } from '../storage.ts';

/** Age after which the relay's information about the agent is refreshed. */
const freshMs = 15 * 60_000;
/** After a failed attempt, automatic refreshes, which every page triggers, wait this long. */
const pauseMs = 60_000;
const notAsked = (error: unknown) => console.error('Dialside could not ask for what may have changed.', error);
const notMarked = (error: unknown) => console.error('Dialside could not write down that an agent leaves.', error);

interface ConnectRequest {
  relayUrl: string;
  code: string;
  passphrase?: string;
}

interface SessionDeps {
  access: RelayAccess;
  /** The name of this browser in the admin's list of devices. */
  deviceName: () => Promise<string>;
  now?: () => number;
}

/** A code that was tried, with the key pair of the browser it is to connect. */
interface Attempt {
  code: string;
  keys: CryptoKeyPair;
  /** The relay may have given the key its token: a try ended without an answer. */
  mayBeTaken?: boolean;
}

/** The connection of this browser to its relay, and the relay's last information about the agent. */
export function createSession({ access, deviceName, now = Date.now }: SessionDeps) {
  /** Code and keys are kept for a retry: if the relay's answer was lost, it issues a new token to the same key. */
  let trying: Attempt | undefined;

  /**
   * From storage, without the network. The identity decides whether the browser is connected; the stored session only adds what
   * the relay said.
   */
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
    // The connection was given up meanwhile.
    if (!me.ok && me.error.code === 'not_connected') return succeed(await get());
    if (!me.ok) return me;
    const stored = { relayUrl, me: me.value, meAt: now() };
    await sessionItem.setValue(stored);
    return succeed({ connected: true, ...stored });
  }

  const isWithin = (ms: number, at: number | null) => at !== null && Math.abs(now() - at) < ms;
  let triedAt: number | null = null;
  /** Refreshes old information; the clock may have been set back since. Pages that start together cause one request. */
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

  async function forgetTraces(keepsDraftsOf?: string, keepsCalls = false): Promise<void> {
    await Promise.all([
      clearNoteDrafts(keepsDraftsOf),
      createKeptPlaces().clear(),
      ...agentItems.filter((item) => !keepsCalls || item !== callJournalItem).map((item) => item.removeValue()),
    ]);
    if (keepsDraftsOf === undefined) await createKeptDrafts().clear();
    await leavingItem.removeValue();
  }

  return {
    get,
    refresh,
    refreshOld,

    /** Completes a disconnect during which the background was killed. */
    async finishLeaving(): Promise<void> {
      if (await leavingItem.getValue()) await leave();
    },

    /** Exchanges the code for a token bound to a new key pair; an earlier identity is replaced only after success. */
    async connect(request: ConnectRequest): Promise<Reply<Session>> {
      const baseUrl = normaliseRelayUrl(request.relayUrl);
      if (baseUrl === null) return fail('relay_url_invalid');
      const code = `${baseUrl} ${request.code}`;
      const attempt: Attempt = trying?.code === code ? trying : { code, keys: await createDeviceKeys() };
      trying = attempt;
      const { keys } = attempt;
      const client = await access.newcomer({ baseUrl, keys });
      if (!client.ok) return client;
      const redeemed = await client.value.redeem({
        code: request.code,
        deviceName: await deviceName(),
        ...(request.passphrase ? { passphrase: request.passphrase } : {}),
      });
      if (!redeemed.ok) {
        // A wrong code gets a new key next time: the relay takes fewer of them from one key than from one address. Unless an earlier
        // try may have been taken: then the relay gives its token to the same key again.
        if (redeemed.error.code !== 'code_invalid') attempt.mayBeTaken = true;
        else if (!attempt.mayBeTaken) trying = undefined;
        return redeemed;
      }
      const { token, agent } = redeemed.value;
      const before = await sessionItem.getValue();
      // Their pages start anew, and still have to ask before a number is called again whose call may have gone out.
      const isBack = before?.relayUrl === baseUrl && before.me?.agent.id === agent.id;
      // First, so that no late answer leaves data of the previous agent.
      await access.forget();
      // An agent whose access ended returns with a new code and keeps the notes drafted meanwhile.
      await forgetTraces(agent.id, isBack);
      await access.adopt({ relayUrl: baseUrl, token, keys });
      // Only now: until the token is stored, the same code and keys can get it again.
      trying = undefined;
      const refreshed = await refresh();
      // The code is used and the token stored: the browser is connected, even if the first refresh failed.
      return refreshed.ok ? refreshed : succeed(await get());
    },

    async disconnect(): Promise<Reply<Session>> {
      // On a full disk nothing can be written, but an agent must be able to leave.
      await leavingItem.setValue(true).catch(notMarked);
      await leave();
      return succeed({ connected: false });
    },
  };
}
export type SessionService = ReturnType<typeof createSession>;
