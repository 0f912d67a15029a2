import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createPageCaller } from '../utils/calls/create-page-caller.ts';
import { createCardPort } from '../utils/number-card/create-card-port.ts';
import { createCallDesk } from '../utils/page/call-desk.ts';

// The background injects this script into pages with numbers; most pages never load it.
export default defineUnlistedScript(() => {
  globalThis.dialsideDesk = (onHidden) => (deps) => createCallDesk(deps, createCardPort(onHidden), createPageCaller());
});
