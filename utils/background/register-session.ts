import { ruleOf } from '../hidden-numbers/hidden-filter.ts';
import type { HiddenStore } from '../hidden-numbers/hidden-store.ts';
import { overlayStyle } from '../page/overlay-style.ts';
import { countryNames } from '../phone/country-names.ts';
import { openPlans } from '../phone/plans/full-plans.ts';
import { compactRows } from '../phone/plans/plan-data.ts';
import { vocabulary } from '../phone/vocabulary.ts';
import { succeed } from '../reply.ts';
import type { SessionService } from '../session/create-session.ts';
import { readPolicy } from '../session/read-policy.ts';
import { resolveLanguage } from '../session/resolve-language.ts';
import { agentSettingsItem, languageItem } from '../storage.ts';
import { clearBadge } from './badge.ts';
import type { Handle } from './create-handle.ts';
import { keepStorage } from './keep-storage.ts';
import { pageWords } from './page-words.ts';

export function registerSession(handle: Handle, session: SessionService, hidden: Pick<HiddenStore, 'of'>): void {
  keepStorage();
  handle('getSession', async (_, sender) => {
    // A side panel that stays open asks too, even if nobody looks at it.
    if (sender.role === 'popup') await clearBadge();
    return succeed(await session.get());
  });
  handle('refreshSession', () => session.refresh());
  handle('connect', (request) => session.connect(request));
  handle('disconnect', () => session.disconnect());
  handle('setLanguage', async (language) => {
    await languageItem.setValue(language);
    return succeed(null);
  });
  handle('startPage', async (_, { origin }) => {
    // An agent who calls only from pages opens no view that would refresh it.
    void session.refreshOld();
    const policy = await readPolicy();
    const { homeRegion, regions } = policy;
    const words = pageWords(await resolveLanguage());
    return succeed({
      homeRegion,
      regions,
      countries: countryNames(homeRegion, regions),
      words,
      plans: openPlans(policy),
      planRows: compactRows,
      vocabulary: vocabulary(),
      styles: overlayStyle,
      hidden: ruleOf(await hidden.of(origin ?? '')),
      telLinks: (await agentSettingsItem.getValue()).telLinks,
    });
  });
}
