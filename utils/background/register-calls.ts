import { createCallProgress } from '../calls/call-progress.ts';
import type { PlaceCall } from '../calls/place-call.ts';
import type { Click } from '../messages.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { fail } from '../reply.ts';
import { callJournalItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import type { KnownSender } from './sender-role.ts';
import { withClient } from './with-client.ts';

export function registerCalls(handle: Handle, placeCall: PlaceCall, access: RelayAccess): void {
  handle('placeCall', async (click, sender) =>
    isFrom(sender, click)
      ? placeCall(click, sender.site)
      : fail('message_refused', 'A click says it was made somewhere else than it was.'),
  );
  const progress = createCallProgress({
    journal: callJournalItem,
    ask: (key) => withClient(access, (relay) => relay.getCall(key)),
  });
  handle('getProgress', (key) => progress(key));
  handle('getCall', (key) => withClient(access, (relay) => relay.getCall(key)));
}

/** What the audit log will say about the place of a click is what the browser says, not the message. */
function isFrom(sender: KnownSender, click: Click): boolean {
  return click.surface === sender.role;
}
