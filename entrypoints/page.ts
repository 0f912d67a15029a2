import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createCaller } from '../utils/calls/create-caller.ts';
import { createTranslate } from '../utils/i18n/translate.ts';
import { startPage } from '../utils/page/start-page.ts';
import '../utils/page/number-highlight.css';
import { createFinder, numbersOf } from '../utils/phone/finder.ts';
import { openBook } from '../utils/phone/plans/open-book.ts';
import { send } from '../utils/send-message.ts';
import { onSiteDisabled } from '../utils/sites/site-announcement.ts';

/** Kept where a second run of this script in the same document finds it and takes over. */
declare global {
  var dialsidePage: AbortController | undefined;
}

// Registered at run time on the sites that were switched on (utils/sites). A plain script, not a WXT content script: that one
// announces itself to the page by an event with the extension's id.
export default defineUnlistedScript(async () => {
  globalThis.dialsidePage?.abort();
  const stopping = new AbortController();
  globalThis.dialsidePage = stopping;
  const { signal } = stopping;
  signal.addEventListener(
    'abort',
    onSiteDisabled(() => stopping.abort()),
  );

  const settings = await send('startPage');
  if (!settings.ok || signal.aborted) return;
  const { homeRegion, regions, words, plans, planRows, contextWords } = settings.value;
  const finder = createFinder({ region: homeRegion, regions }, openBook(planRows, plans), contextWords);
  const caller = createCaller({ send: (click) => send('placeCall', click), ask: (key) => send('getCall', key) });
  const find = (text: string, label?: () => string | undefined) => numbersOf(finder, text, label);
  startPage({ document, find, mayHold: finder.mayHold, translate: createTranslate(words), caller, signal });
});
