// Not wxt/browser, whose polyfill is unnecessary (both browsers' APIs return promises) and would be loaded into every page.
import { browser } from '@wxt-dev/browser';
import type * as v from 'valibot';
import type { MessageAnswer, MessageName, Protocol } from './messages.ts';

type MessageInput<Name extends MessageName> = v.InferInput<Protocol[Name]['data']>;

/**
 * Sends a message of the protocol to the background in the wire format of @webext-core/messaging, but without the schemas, which
 * are too large for a script in every page. Rejects when the background died during the message or the extension was reloaded.
 */
export async function send<Name extends MessageName>(type: Name, data?: MessageInput<Name>): Promise<MessageAnswer<Name>> {
  // In a script left over from before an update, `runtime.id` is undefined.
  if (browser.runtime?.id === undefined) throw new Error('Extension context invalidated.');
  const answer: { res?: MessageAnswer<Name> } | undefined = await browser.runtime.sendMessage({
    id: 0,
    type,
    data,
    timestamp: Date.now(),
  });
  if (answer?.res === undefined) throw new Error(`The background gave no answer to ${type}.`);
  return answer.res;
}
