import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { SipCredentials } from '../agents/sip-credentials.ts';
import { createAntBuddyClient } from '../antbuddy/antbuddy-client.ts';
import type { RelayConfig } from '../config.ts';
import { readSignal } from '../events/read-signal.ts';
import { readAnswer } from '../events/subscription-answers.ts';
import type { Finding } from './check.ts';

const elsewise = 'set ANTBUDDY_SIGNAL_URL, or leave ANTBUDDY_ACCOUNT_ID out to follow calls by the history.';

/**
 * With an account id, checks whether the call-signal server can be reached, on a port that company networks often block, and, if
 * an agent has a SIP device to get a token with, whether it accepts a subscription.
 */
export async function checkSignals(
  { antbuddy }: RelayConfig,
  device: SipCredentials | null,
  withinMs = 5_000,
): Promise<Finding[]> {
  const { accountId, signalUrl } = antbuddy;
  if (!accountId) return [];
  const server = `The signal server ${signalUrl.host}`;
  const socket = io(signalUrl.href, { transports: ['websocket'], reconnection: false, forceNew: true, timeout: withinMs });
  try {
    if (!(await isLetIn(socket, withinMs)))
      return [{ ok: false, what: `${server} ${await explainSilence(signalUrl, withinMs)}` }];
    const token =
      device &&
      (await createAntBuddyClient({ antbuddy })
        .voiceToken(device)
        .catch(() => null));
    if (!token) return [{ ok: true, what: `${server} is reached; without a voice token no subscription was tried.` }];
    const { refusal, unread } = await subscribe(socket, accountId, token.value);
    const events = unread.length > 0 ? ` It sent what the relay cannot read: ${unread.join(', ')}.` : '';
    if (refusal === null)
      return [{ ok: true, what: `${server} is reached and said nothing against the subscription; a call will tell.${events}` }];
    return [
      {
        ok: false,
        what: `${server} refuses the subscription (${refusal}). Is ANTBUDDY_ACCOUNT_ID right? Otherwise ${elsewise}${events}`,
      },
    ];
  } finally {
    socket.disconnect();
  }
}

/** `timeout` bounds only the opening: a server may take the connection and then close it or let nobody in, with no `connect_error`. */
async function isLetIn(socket: Socket, withinMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.once('connect', () => resolve(true));
  for (const end of ['connect_error', 'disconnect']) socket.once(end, () => resolve(false));
  return Promise.race([promise, wait(withinMs, false, { ref: false })]);
}

/**
 * Returns the server's refusal, or null if it sends none (it never confirms a subscription), and the names of the events that
 * could not be read.
 */
async function subscribe(socket: Socket, accountId: string, token: string) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const unread = new Set<string>();
  socket.onAny((name: string, said: unknown) => {
    const answer = readAnswer(name, said);
    if (answer === 'refused') resolve(name);
    if (answer === null && !readSignal(name, said, Date.now()) && unread.size < 10) unread.add(printable(name));
  });
  socket.once('disconnect', () => resolve('disconnected'));
  socket.emit('subscribe', { account_id: accountId, auth_token: token, binding: 'call.CHANNEL_CREATE.*' });
  const refusal = await Promise.race([promise, wait(1_000, null)]);
  return { refusal, unread: [...unread] };
}

const printable = (name: string) => name.replace(/[^\w.:-]/g, '?').slice(0, 60);

async function explainSilence(url: URL, withinMs: number): Promise<string> {
  const answers = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(withinMs) }).then(
    () => true,
    () => false,
  );
  if (answers)
    return `answers, but not as expected: it lets nobody in, speaks another version of Socket.IO, or is no signal server. Ask AntBuddy, then ${elsewise}`;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return `cannot be reached from here. Open port ${port} outwards, ${elsewise}`;
}
