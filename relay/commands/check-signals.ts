import { io } from 'socket.io-client';
import type { RelayConfig } from '../config.ts';
import type { Finding } from './check.ts';

/** With an account id: whether the server of the call signals is reached. Its port is one that company networks often close. */
export async function checkSignals({ antbuddy }: RelayConfig, withinMs = 5_000): Promise<Finding[]> {
  const { accountId, signalUrl } = antbuddy;
  if (!accountId) return [];
  const socket = io(signalUrl.href, { transports: ['websocket'], reconnection: false, forceNew: true, timeout: withinMs });
  const connected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  });
  socket.disconnect();
  if (connected) return [{ ok: true, what: `The signal server ${signalUrl.host} is reached: calls are followed live.` }];
  const port = signalUrl.port || (signalUrl.protocol === 'https:' ? '443' : '80');
  const advice = `Open port ${port} outwards, set ANTBUDDY_SIGNAL_URL, or leave ANTBUDDY_ACCOUNT_ID out to follow calls by the history.`;
  return [{ ok: false, what: `The signal server ${signalUrl.host} cannot be reached from here. ${advice}` }];
}
