import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createCardKeeper } from '../utils/page/card/card-keeper.ts';

// Put by the background into a page that has numbers, once somebody moves on it; most pages never see it.
export default defineUnlistedScript(() => {
  globalThis.dialsideCard = createCardKeeper;
});
