import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { onHiddenChanged } from '../utils/hidden-numbers/hidden-announcement.ts';
import type { HiddenRule } from '../utils/hidden-numbers/hidden-rule.ts';
import { withoutHidden } from '../utils/hidden-numbers/without-hidden.ts';
import { createTranslate } from '../utils/i18n/translate.ts';
import { loadDesk } from '../utils/number-card/load-desk.ts';
import { createPageFinder } from '../utils/page/page-finder.ts';
import { startPage } from '../utils/page/start-page.ts';
import '../utils/page/number-highlight.css';
import { send } from '../utils/send-message.ts';
import { runInPage } from '../utils/sites/run-in-page.ts';
import { onSites } from '../utils/sites/site-announcement.ts';

// Registered at run time on the sites that were switched on (utils/sites). A plain script, because a WXT content script would
// announce itself to the page by an event with the extension's id.
export default defineUnlistedScript(() =>
  runInPage(async (stopping, again) => {
    const { signal } = stopping;
    const stop = () => stopping.abort();
    signal.addEventListener('abort', onSites(stop, again));

    // Asked twice, because the background may be shut down before it answers.
    const settings = await send('startPage').catch(() => send('startPage'));
    if (!settings.ok || signal.aborted) return;
    const { words, styles, hidden, telLinks } = settings.value;
    const finder = createPageFinder(settings.value, document.documentElement.lang);
    const shown = withoutHidden(finder.find, hidden);
    const onHidden = (now: HiddenRule) => {
      shown.set(now);
      page.rescan();
    };
    signal.addEventListener('abort', onHiddenChanged(onHidden));
    const given = { translate: createTranslate(words), styles, telLinks, loadDesk: () => loadDesk(onHidden) };
    const page = startPage({ document, ...finder, find: shown.find, ...given, signal });
  }),
);
