// Not wxt/browser, which stands for a polyfill that both browsers' promises make needless: this is part of every page.
import { browser } from '@wxt-dev/browser';
import type * as v from 'valibot';
import type { MessageAnswer, MessageName, Protocol } from './messages.ts';

type MessageInput<Name extends MessageName> = v.InferInput<Protocol[Name]['data']>;

/**
 * Sends a message of the protocol to the background, in the wire form of @webext-core/messaging but without the schemas,
 * which a script on every page should not carry. Rejects when the background died under it or the extension was reloaded.
 */
export async function send<Name extends MessageName>(type: Name, data?: MessageInput<Name>): Promise<MessageAnswer<Name>> {
  // In a script left over from before an update, `runtime` has lost its id.
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
