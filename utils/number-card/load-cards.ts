import type { HiddenRule } from '../hidden-numbers/hidden-rule.ts';
import type { CreateCardKeeper } from '../page/card/card-port.ts';
import { send } from '../send-message.ts';

/** Where the cards' script leaves what makes them for the page script, which runs in the same world. */
declare global {
  var dialsideCards: ((onHidden: (hidden: HiddenRule) => void) => CreateCardKeeper) | undefined;
}

/**
 * Gets the cards' own script into the page; undefined when it could not be had.
 * @param onHidden what is hidden on this site from now on
 */
export async function loadCards(onHidden: (hidden: HiddenRule) => void): Promise<CreateCardKeeper | undefined> {
  if (!globalThis.dialsideCards) await send('loadCard').catch(() => {});
  return globalThis.dialsideCards?.(onHidden);
}
