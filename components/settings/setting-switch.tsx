import { useView } from '../view/view.ts';

interface SettingSwitchProps {
  name: 'badge' | 'notify_missed' | 'notify_incoming' | 'show_caller' | 'tel_links';
  isOn: boolean;
  onToggle(): void;
}

export function SettingSwitch({ name, isOn, onToggle }: SettingSwitchProps) {
  const { t } = useView();
  return (
    <div class="setting">
      <div class="site-text">
        <p id={`setting-${name}`}>{t(`setting_${name}`)}</p>
        <p class="row-note" id={`setting-${name}-note`}>
          {t(`setting_${name}_note`)}
        </p>
      </div>
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={isOn}
        aria-labelledby={`setting-${name}`}
        aria-describedby={`setting-${name}-note`}
        onClick={onToggle}
        data-testid={`setting-${name}`}
      />
    </div>
  );
}
