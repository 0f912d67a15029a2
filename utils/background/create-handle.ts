import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { type MessageAnswer, type MessageData, type MessageName, onMessage, protocol } from '../messages.ts';
import { fail } from '../reply.ts';
import { type KnownSender, type Sender, type SenderRules, senderRole } from './sender-role.ts';

type Handler<Name extends MessageName> = (data: MessageData<Name>, sender: KnownSender) => Promise<MessageAnswer<Name>>;
export type Handle = <Name extends MessageName>(name: Name, handler: Handler<Name>) => void;

/**
 * The entry for messages to the background: a handler runs only for a sender that may send its message (utils/messages.ts) and
 * with data that fits its schema. The answer is always a Reply, also on errors.
 */
export function createHandle(isEnabled: SenderRules['isEnabled']): Handle {
  return (name, handler) => {
    onMessage(name, ((message: { data: unknown; sender: Sender }) => answer(name, handler, message, isEnabled)) as never);
  };
}

/** Determines who sent a message or opened a port, from the browser's sender information. */
export function createRoleOf(isEnabled: SenderRules['isEnabled']): (sender: Sender) => Promise<KnownSender | null> {
  return (sender) => {
    const extensionOrigin = browser.runtime.getURL('').replace(/\/$/, '');
    return senderRole(sender, { extensionId: browser.runtime.id, extensionOrigin, isEnabled });
  };
}

async function answer<Name extends MessageName>(
  name: Name,
  handler: Handler<Name>,
  { data, sender }: { data: unknown; sender: Sender },
  isEnabled: SenderRules['isEnabled'],
) {
  try {
    const known = await createRoleOf(isEnabled)(sender);
    if (!known || !(protocol[name].senders as readonly string[]).includes(known.role)) return fail('message_refused');
    // Chromium sends messages as JSON: undefined may arrive as null.
    const parsed = v.safeParse(protocol[name].data as v.GenericSchema<unknown, MessageData<Name>>, data ?? undefined);
    if (!parsed.success) return fail('message_refused');
    return await handler(parsed.output, known);
  } catch (error) {
    console.error(`Dialside could not answer ${name}.`, error);
    return fail('internal');
  }
}
