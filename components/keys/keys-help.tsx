import { useEffect, useRef, useState } from 'preact/hooks';
import type { TextKey } from '../../utils/i18n/en.ts';
import { IconButton } from '../ui/icon-button.tsx';
import styles from '../ui/keys.css?inline';
import { addStyles } from '../view/add-styles.ts';
import { useView } from '../view/view.ts';

addStyles(styles);

export interface KeysHelpProps {
  onClose(): void;
  /** Determines how the keys are labelled (⌥ or Alt). */
  platform?: string;
}

const inPlayer = [
  [['Space'], 'keys_play'],
  [['←', '→'], 'keys_skip'],
  [['↑', '↓'], 'keys_volume'],
  [['n'], 'keys_note'],
  [['Esc'], 'keys_note_back'],
] as const;

/** Lists all of Dialside's keys: anywhere in the browser, on a page, in this view and in its player. */
export default function KeysHelp({ onClose, platform = navigator.platform }: KeysHelpProps) {
  const { t } = useView();
  const isMac = platform.startsWith('Mac');
  const alt = isMac ? '⌥' : 'Alt';
  const inView = [
    [['/'], 'keys_search'],
    [['o'], 'keys_outcome'],
    [['0–9', '+'], 'keys_dial'],
    [[`${isMac ? '⌘' : 'Ctrl'} + V`], 'keys_paste'],
    [['↑', '↓'], 'keys_rows'],
    [['Home', 'End'], 'keys_ends'],
    [['Esc'], 'keys_close'],
    [['?'], 'keys_help'],
  ] as const;
  const onPage = [
    [[`${alt} + .`], 'keys_next'],
    [[`${alt} + ,`], 'keys_previous'],
    [['Enter'], 'keys_call'],
    [['↓'], 'keys_card'],
    [['Esc'], 'keys_back'],
  ] as const;
  const box = useRef<HTMLElement>(null);
  // Focused, so that Escape is heard here; in a popup it would else close the popup.
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.focus();
    return () => before?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  };
  return (
    <section ref={box} class="keys" tabIndex={-1} aria-label={t('keys_heading')} onKeyDown={onKeyDown} data-testid="keys">
      <div class="keys-head">
        <h2>{t('keys_heading')}</h2>
        <IconButton icon="close" label={t('close')} onClick={onClose} testId="keys-close" />
      </div>
      <h3>{t('keys_on_page')}</h3>
      <KeyList keys={onPage} />
      <h3>{t('keys_in_browser')}</h3>
      <OpenKey />
      <h3>{t('keys_in_view')}</h3>
      <KeyList keys={inView} />
      <h3>{t('keys_in_player')}</h3>
      <KeyList keys={inPlayer} />
    </section>
  );
}

function KeyList({ keys }: { keys: readonly (readonly [keys: readonly string[], what: TextKey])[] }) {
  const { t } = useView();
  return (
    <dl>
      {keys.map(([names, what]) => (
        <div key={what}>
          <dt>
            {names.map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </dt>
          <dd>{t(what)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The one key that the browser assigns; another extension may already have taken it. */
function OpenKey() {
  const { t, openKey, openKeySettings } = useView();
  const [key, setKey] = useState<string | null>(null);
  useEffect(() => void openKey().then(setKey), [openKey]);
  if (key === null) return null;
  return (
    <div class="keys-open" data-testid="keys-open">
      {key === '' ? <p>{t('keys_open_none')}</p> : <KeyList keys={[[[key], 'keys_open']]} />}
      <button type="button" class="link" onClick={openKeySettings} data-testid="keys-settings">
        {t(key === '' ? 'keys_assign' : 'keys_change')}
      </button>
    </div>
  );
}
