import { render } from 'preact';
import { browser } from 'wxt/browser';
import { CallsView } from '../../components/calls-view/calls-view.tsx';
import { chooseLanguage } from '../../components/view/choose-language.ts';
import { createView } from '../../components/view/create-view.ts';
import { readRemembered } from '../../components/view/read-remembered.ts';
import { ViewContext } from '../../components/view/view.ts';
import { createCaller } from '../../utils/calls/create-caller.ts';
import { languageItem } from '../../utils/storage.ts';

const [language, remembered] = await Promise.all([languageItem.getValue(), readRemembered()]);
const view = await createView(chooseLanguage(language, browser.i18n.getUILanguage()));
const caller = createCaller({ send: (click) => view.send('placeCall', click), ask: (key) => view.send('getCall', key) });

render(
  <ViewContext.Provider value={view}>
    <CallsView placeCall={(number) => caller.call(number, 'popup')} remembered={remembered} />
  </ViewContext.Provider>,
  document.getElementById('root') as HTMLElement,
);
