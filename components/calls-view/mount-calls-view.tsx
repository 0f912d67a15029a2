import { render } from 'preact';
import { browser } from 'wxt/browser';
import { createCaller } from '../../utils/calls/create-caller.ts';
import { languageItem } from '../../utils/storage.ts';
import { handOverFromPopup, takeOverInPanel } from '../player/hand-over.ts';
import { chooseLanguage } from '../view/choose-language.ts';
import { createView } from '../view/create-view.ts';
import { readRemembered } from '../view/read-remembered.ts';
import { ViewContext } from '../view/view.ts';
import { CallsView } from './calls-view.tsx';

/** Draws the recent calls into a document of their own, and again when the language is changed; calls are placed as `surface`. */
export async function mountCallsView(surface: 'popup' | 'sidepanel', root: HTMLElement): Promise<void> {
  const playing = surface === 'popup' ? handOverFromPopup() : takeOverInPanel();
  async function draw() {
    const [language, remembered] = await Promise.all([languageItem.getValue(), readRemembered()]);
    const view = await createView(chooseLanguage(language, browser.i18n.getUILanguage()));
    const caller = createCaller({ send: (click) => view.send('placeCall', click), ask: (key) => view.send('getCall', key) });
    render(
      <ViewContext.Provider value={{ ...view, ...playing }}>
        <CallsView
          placeCall={(number, sipDevice, reason) => caller.call(number, surface, reason, sipDevice)}
          remembered={remembered}
        />
      </ViewContext.Provider>,
      root,
    );
  }
  languageItem.watch(() => void draw());
  await draw();
}
