import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import * as v from 'valibot';
import { blackholeEvents } from './blackhole-event.ts';
import type { CallStage } from './calls.ts';
import type { World } from './world.ts';

const SubscribeSchema = v.object({
  account_id: v.string(),
  auth_token: v.string(),
  binding: v.pipe(v.string(), v.regex(/^call\.CHANNEL_(CREATE|ANSWER|DESTROY)\.\*$/)),
});

interface Subscription {
  socket: Socket;
  token: string;
  stages: Set<CallStage>;
}

export interface Signals {
  /** Active bindings of all connections. */
  count(): number;
  /** Drops every connection, as a restart of the vendor's server would. */
  disconnectAll(): void;
  stop(): Promise<void>;
}

/**
 * The call-signal server (reading note 12): after `subscribe` with the account id and a valid token, a connection receives every
 * call of the company, in events named after each stage. A refused subscription gets an `error` and a disconnect, only a
 * disconnect, or only `auth_failure`; the same happens when the token expires.
 */
export function createSignals(http: HttpServer, { clock, calls, tokens, settings }: World): Signals {
  const io = new Server(http, { serveClient: false });
  const subscriptions = new Map<string, Subscription>();

  const close = (socket: Socket, message: string) => {
    subscriptions.delete(socket.id);
    if (settings.refusals === 'tell') return void socket.emit('auth_failure', { message });
    if (settings.refusals === 'close') socket.emit('error', { message });
    socket.disconnect(true);
  };

  io.on('connection', (socket) => {
    socket.on('subscribe', (message: unknown) => {
      const request = v.safeParse(SubscribeSchema, message);
      if (!request.success) return close(socket, 'invalid_subscription');
      const { account_id, auth_token, binding } = request.output;
      const until = tokens.validUntil(auth_token);
      if (account_id !== settings.accountId || until === undefined) return close(socket, 'failed_authentication');
      const subscription = subscriptions.get(socket.id) ?? { socket, token: auth_token, stages: new Set() };
      subscription.token = auth_token;
      const stage = binding.split('.')[1] as CallStage;
      if (settings.refusals === 'tell' && subscription.stages.has(stage))
        socket.emit('error', { message: 'binding already in use' });
      subscription.stages.add(stage);
      subscriptions.set(socket.id, subscription);
      clock.after(until - clock.now(), () => endIfOver(subscription));
    });
    socket.on('disconnect', () => void subscriptions.delete(socket.id));
  });

  function endIfOver(subscription: Subscription): boolean {
    if (tokens.validUntil(subscription.token) !== undefined) return false;
    if (subscriptions.has(subscription.socket.id)) close(subscription.socket, 'token_expired');
    return true;
  }

  const unlisten = calls.onStage((stage, call, leg) => {
    const events = blackholeEvents(stage, call, clock.now(), settings, leg);
    for (const subscription of subscriptions.values()) {
      if (endIfOver(subscription) || !subscription.stages.has(stage)) continue;
      for (const event of events) subscription.socket.emit(stage, event);
    }
  });

  return {
    count: () => [...subscriptions.values()].reduce((sum, { stages }) => sum + stages.size, 0),
    disconnectAll: () => void io.disconnectSockets(true),
    async stop() {
      unlisten();
      await io.close();
    },
  };
}
