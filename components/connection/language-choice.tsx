import type { LanguageSetting } from '../../utils/session/choose-language.ts';
import { Select } from '../ui/select.tsx';
import { useView } from '../view/view.ts';

interface LanguageChoiceProps {
  setting: LanguageSetting;
  onChoose(setting: LanguageSetting): void;
}

export function LanguageChoice({ setting, onChoose }: LanguageChoiceProps) {
  const { t } = useView();
  // Each language is named in itself, so that whoever reads only that one finds it.
  const options = [
    ['browser', t('language_browser')],
    ['vi', 'Tiếng Việt'],
    ['en', 'English'],
  ] as const;
  return <Select label={t('language')} bare value={setting} options={options} onValue={onChoose} />;
}
