import type { RelayAccess } from '../relay/relay-access.ts';
import type { RelayClient } from '../relay/relay-client.ts';
import type { Reply } from '../reply.ts';

/** Runs `use` with the connected relay's client, or returns why there is none. */
export async function withClient<T>(
  access: Pick<RelayAccess, 'client'>,
  use: (relay: RelayClient) => Promise<Reply<T>>,
): Promise<Reply<T>> {
  const client = await access.client();
  return client.ok ? use(client.value) : client;
}
