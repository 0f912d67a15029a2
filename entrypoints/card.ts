import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createPageCaller } from '../utils/calls/create-page-caller.ts';
import { createCardPort } from '../utils/number-card/create-card-port.ts';
import { createCallDesk } from '../utils/page/call-desk.ts';

// Put by the background into a page that shows numbers; most pages never see it.
export default defineUnlistedScript(() => {
  globalThis.dialsideDesk = (onHidden) => (deps) => createCallDesk(deps, createCardPort(onHidden), createPageCaller());
});
