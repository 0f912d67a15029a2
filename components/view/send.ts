import { fail } from '../../utils/reply.ts';
import { send as sendMessage } from '../../utils/send-message.ts';
import type { Send } from './view.ts';

/** The real channel to the background, safe to await: a broken channel resolves to a failure. */
export const send: Send = async (name, ...[data]) => {
  try {
    return await sendMessage(name, data);
  } catch (error) {
    console.error(`${name} got no answer from the background`, error);
    return fail('extension_reloaded');
  }
};
