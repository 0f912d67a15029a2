import type { HiddenRule } from '../hidden-numbers/hidden-rule.ts';
import type { CreateCallDesk, LoadDesk } from '../page/call-desk-port.ts';
import { send } from '../send-message.ts';

/** Where the script of the cards leaves what makes the desk for the page script, which runs in the same world. */
declare global {
  var dialsideDesk: ((onHidden: (hidden: HiddenRule) => void) => CreateCallDesk) | undefined;
}

/**
 * Gets the script that calls and shows cards into the page.
 * @param onHidden what is hidden on this site from now on
 */
export async function loadDesk(onHidden: (hidden: HiddenRule) => void): ReturnType<LoadDesk> {
  try {
    if (!globalThis.dialsideDesk) await send('loadCard');
  } catch (error) {
    // After an update only a new page reaches the extension; anything else may pass.
    if (/context invalidated/i.test(String(error))) return 'error_extension_reloaded';
  }
  return globalThis.dialsideDesk?.(onHidden) ?? 'notPlaced';
}
