import type { HistoryPage } from '../../relay/contract.ts';
import { readOwnDevices, withOther } from '../calls/ring-device.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import type { RelayClient } from '../relay/relay-client.ts';
import { fail, succeed } from '../reply.ts';
import { createVoiceTokens } from '../session/voice-token.ts';
import { firstPageItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { withClient } from './with-client.ts';

export function registerHistory(
  handle: Handle,
  access: RelayAccess,
  getVoiceToken = createVoiceTokens({ relay: access.client }),
): void {
  handle('listHistory', (query) =>
    withClient(access, async (relay) => {
      const isSame = await access.pin();
      const reply = await relay.listHistory(query);
      if (!reply.ok) return reply;
      const devices = reply.value.placed.length > 0 ? await readOwnDevices() : [];
      const page = { ...reply.value, placed: reply.value.placed.map((call) => withOther(call, devices)) };
      const { limit: _, ...filters } = query;
      const isFirstPage = Object.values(filters).every((value) => value === undefined);
      if (isFirstPage) await remember(access, isSame, page);
      return succeed(page);
    }),
  );
  handle('getVoiceToken', getVoiceToken);
  handle('openRecording', (callId) =>
    withClient(access, async (relay: RelayClient) => {
      const ticket = await relay.createTicket(callId);
      if (!ticket.ok) return ticket;
      const url = audioUrl((await access.relayUrl()) ?? '', ticket.value.path);
      return url
        ? succeed({ url, expiresAt: ticket.value.expiresAt })
        : fail('relay_not_dialside', 'The relay gave an address that is not its own.');
    }),
  );
}

/** Keeps the newest calls for the next view that opens, unless they are another agent's by the time the relay answered. */
async function remember(access: RelayAccess, isSame: () => Promise<boolean>, page: HistoryPage): Promise<void> {
  const relayUrl = await access.relayUrl();
  if (relayUrl === null || !(await isSame())) return;
  // A call still being placed has another state by the time somebody looks again.
  const placed = page.placed.filter(({ state }) => state !== 'dispatching');
  await firstPageItem.setValue({ relayUrl, page: { ...page, placed } });
}

/** The player gets no address but the relay's own, whatever the ticket's path says. */
function audioUrl(relayUrl: string, path: string): string | null {
  const url = URL.parse(relayUrl + path);
  return url?.href.startsWith(`${relayUrl}/v1/recordings/`) ? url.href : null;
}
