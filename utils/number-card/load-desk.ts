import type { HiddenRule } from '../hidden-numbers/hidden-rule.ts';
import type { CreateCallDesk } from '../page/call-desk-port.ts';
import { send } from '../send-message.ts';

/** Where the script of the cards leaves what makes the desk for the page script, which runs in the same world. */
declare global {
  var dialsideDesk: ((onHidden: (hidden: HiddenRule) => void) => CreateCallDesk) | undefined;
}

/**
 * Gets the script that calls and shows cards into the page; undefined when it could not be had.
 * @param onHidden what is hidden on this site from now on
 */
export async function loadDesk(onHidden: (hidden: HiddenRule) => void): Promise<CreateCallDesk | undefined> {
  if (!globalThis.dialsideDesk) await send('loadCard').catch(() => {});
  return globalThis.dialsideDesk?.(onHidden);
}
