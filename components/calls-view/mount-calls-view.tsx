import { render } from 'preact';
import { createCaller } from '../../utils/calls/create-caller.ts';
import { languageItem } from '../../utils/storage.ts';
import { panelOfPopup, takeOverInPanel } from '../player/hand-over.ts';
import { atStart, readStart, type Start } from '../view/at-start.ts';
import { createView } from '../view/create-view.ts';
import { runEffectsAfterPaint } from '../view/effects-after-paint.ts';
import { ViewContext } from '../view/view.ts';
import { CallsView } from './calls-view.tsx';

/** Draws the recent calls into a document of their own, and again when the language is changed; calls are placed as `surface`. */
export async function mountCallsView(surface: 'popup' | 'sidepanel', root: HTMLElement): Promise<void> {
  runEffectsAfterPaint();
  const playing = surface === 'popup' ? panelOfPopup() : takeOverInPanel();
  async function draw({ language, remembered }: Start) {
    const view = await createView(language);
    const caller = createCaller({ send: (click) => view.send('placeCall', click), ask: (key) => view.send('getCall', key) });
    render(
      <ViewContext.Provider value={{ ...view, ...playing }}>
        <CallsView placeCall={(number, wishes) => caller.call(number, surface, wishes)} remembered={remembered} />
      </ViewContext.Provider>,
      root,
    );
  }
  languageItem.watch(async () => draw(await readStart()));
  await draw(await atStart);
}
