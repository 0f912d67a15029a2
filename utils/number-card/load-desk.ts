import type { HiddenRule } from '../hidden-numbers/hidden-rule.ts';
import type { CreateCallDesk, LoadDesk } from '../page/call-desk-port.ts';
import { send } from '../send-message.ts';

/** The card script puts the factory of the call desk here for the page script, which runs in the same JavaScript world. */
declare global {
  var dialsideDesk: ((onHidden: (hidden: HiddenRule) => void) => CreateCallDesk) | undefined;
}

/**
 * Loads the script that places calls and shows cards into the page.
 * @param onHidden receives the current hidden numbers of this site
 */
export async function loadDesk(onHidden: (hidden: HiddenRule) => void): ReturnType<LoadDesk> {
  try {
    if (!globalThis.dialsideDesk) await send('loadCard');
  } catch (error) {
    // After an update only a reloaded page reaches the extension; any other error may be temporary.
    if (/context invalidated/i.test(String(error))) return 'error_extension_reloaded';
  }
  return globalThis.dialsideDesk?.(onHidden) ?? 'notPlaced';
}
