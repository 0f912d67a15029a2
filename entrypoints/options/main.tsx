import { browser } from '@wxt-dev/browser';
import { render } from 'preact';
import { OptionsView } from '../../components/options-view/options-view.tsx';
import { createView } from '../../components/view/create-view.ts';
import { ViewContext } from '../../components/view/view.ts';
import { optionsEn } from '../../utils/i18n/options-en.ts';
import { optionsVi } from '../../utils/i18n/options-vi.ts';
import { chooseLanguage } from '../../utils/session/choose-language.ts';
import { languageItem } from '../../utils/storage.ts';

const root = document.getElementById('root') as HTMLElement;

async function draw() {
  const setting = await languageItem.getValue();
  const language = chooseLanguage(setting, () => browser.i18n.getUILanguage());
  const view = await createView(language, language === 'vi' ? optionsVi : optionsEn);
  render(
    <ViewContext.Provider value={view}>
      <OptionsView language={setting} />
    </ViewContext.Provider>,
    root,
  );
}

languageItem.watch(draw);
await draw();
