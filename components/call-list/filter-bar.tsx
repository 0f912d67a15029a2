import { useEffect, useRef, useState } from 'preact/hooks';
import type { TextKey } from '../../utils/i18n/en.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { type CallFilter, type CallList, callFilters } from './call-list-store.ts';

const labels: Record<CallFilter, TextKey> = {
  all: 'filter_all',
  out: 'filter_out',
  in: 'filter_in',
  missed: 'filter_missed',
  recorded: 'filter_recorded',
};
/** Long enough to type the next digit, short enough to feel immediate. */
const typingMs = 250;

export function FilterBar({ list }: { list: CallList }) {
  const { t } = useView();
  const { filter, text } = useStore(list.store);
  const [typed, setTyped] = useState(text);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (typed === list.store.getState().text) return;
    const timer = setTimeout(() => void list.search(typed), typingMs);
    return () => clearTimeout(timer);
  }, [typed, list]);

  const clear = () => {
    setTyped('');
    input.current?.focus();
  };
  return (
    <search class="filter-bar">
      <div class="search">
        <Icon name="search" size={18} />
        <input
          ref={input}
          class="input"
          type="search"
          inputMode="search"
          maxLength={80}
          value={typed}
          placeholder={t('search_placeholder')}
          aria-label={t('search_label')}
          data-testid="search"
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || typed === '') return;
            event.preventDefault();
            clear();
          }}
        />
        {typed !== '' && <IconButton icon="close" label={t('search_clear')} onClick={clear} />}
      </div>
      <fieldset class="chips">
        <legend class="hidden">{t('filters')}</legend>
        {callFilters.map((name) => (
          <button
            key={name}
            type="button"
            class="chip"
            aria-pressed={filter === name}
            data-testid={`filter-${name}`}
            onClick={() => void list.choose(name)}
          >
            {t(labels[name])}
          </button>
        ))}
      </fieldset>
    </search>
  );
}
