import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createCardPort } from '../utils/number-card/create-card-port.ts';
import { createCardKeeper } from '../utils/page/card/card-keeper.ts';

// Put by the background into a page that shows numbers; most pages never see it.
export default defineUnlistedScript(() => {
  globalThis.dialsideCards = (onHidden) => (deps) => createCardKeeper(deps, createCardPort(onHidden));
});
