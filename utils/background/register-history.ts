import { readOwnDevices, withOther } from '../calls/ring-device.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import type { RelayClient } from '../relay/relay-client.ts';
import { fail, succeed } from '../reply.ts';
import { createVoiceTokens } from '../session/voice-token.ts';
import type { Handle } from './create-handle.ts';
import { askPage, rememberFirstPage } from './first-page.ts';
import { withClient } from './with-client.ts';

export function registerHistory(
  handle: Handle,
  access: RelayAccess,
  getVoiceToken = createVoiceTokens({ relay: access.client }),
): void {
  handle('listHistory', (query) =>
    withClient(access, async (relay) => {
      const isSame = await access.pin();
      return askPage(async (noted) => {
        const reply = await relay.listHistory(query);
        if (!reply.ok) return reply;
        const devices = reply.value.placed.length > 0 ? await readOwnDevices() : [];
        const page = { ...reply.value, placed: reply.value.placed.map((call) => withOther(call, devices)) };
        const { limit: _, ...filters } = query;
        const isFirstPage = Object.values(filters).every((value) => value === undefined);
        if (isFirstPage) await rememberFirstPage(access, isSame, page, noted);
        return succeed(page);
      });
    }),
  );
  handle('getVoiceToken', getVoiceToken);
  handle('openRecording', (callId) =>
    withClient(access, async (relay: RelayClient) => {
      const ticket = await relay.createTicket(callId);
      if (!ticket.ok) return ticket;
      const url = audioUrl((await access.relayUrl()) ?? '', ticket.value.path);
      return url ? succeed({ url }) : fail('relay_not_dialside');
    }),
  );
}

/** The player gets only addresses of the relay, whatever the ticket's path contains. */
function audioUrl(relayUrl: string, path: string): string | null {
  const url = URL.parse(relayUrl + path);
  return url?.href.startsWith(`${relayUrl}/v1/recordings/`) ? url.href : null;
}
