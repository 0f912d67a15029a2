import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { missedItem } from '../../utils/storage.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { lazily } from '../view/lazily.tsx';
import { useItem } from '../view/use-item.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import type { CallList } from './call-list-store.ts';
import { DateChoice } from './date-choice.tsx';
import type { DateFieldsProps } from './date-fields.tsx';
import type { DateRange } from './date-range.ts';
import { emptyWords } from './empty-words.ts';
import { callFilters, isEverything } from './list-query.ts';
import { OutcomeChoice } from './outcome-choice.tsx';
import { focusFirstRow } from './walk-rows.ts';

/** Long enough to type the next digit, short enough to feel immediate. */
const typingMs = 250;

/** Loaded on demand, since few people choose days of their own. */
const LazyDateFields = lazily<DateFieldsProps>(() => import('./date-fields.tsx'));

/** A mouse wheel turns in one direction only, and the filters are in one line; at its end the page scrolls. With Ctrl it zooms. */
function scrollAcross(event: WheelEvent & { currentTarget: HTMLElement }) {
  const { currentTarget, deltaX, deltaY } = event;
  if (event.ctrlKey || event.metaKey) return;
  const before = currentTarget.scrollLeft;
  if (deltaX === 0) currentTarget.scrollLeft += deltaY;
  if (currentTarget.scrollLeft !== before) event.preventDefault();
}

/** At once, so that the focus is never beyond the edge. */
function showFocused({ target }: FocusEvent) {
  if (target instanceof HTMLElement) target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

interface FilterBarProps {
  list: CallList;
  /** The day whose calls are scrolled under the bar. */
  day: string | null;
  /** Buttons beside the search. */
  children?: ComponentChildren;
}

export function FilterBar({ list, day, children }: FilterBarProps) {
  const { t, format } = useView();
  const waiting = useItem(missedItem)?.count ?? 0;
  const state = useStore(list.store);
  const { filter, text, range, outcome, calls, placed, phase } = state;
  const found = calls.length + placed.length;
  const [typed, setTyped] = useState(text);
  const input = useRef<HTMLInputElement>(null);

  // Follows searches that were set from outside this field.
  useLayoutEffect(() => setTyped(text), [text]);
  // A layout effect: applied after a further key press, the search would remove that key from the field.
  useLayoutEffect(() => {
    if (typed === list.store.getState().text) return;
    const timer = setTimeout(() => void list.want({ text: typed }), typingMs);
    return () => clearTimeout(timer);
  }, [typed, list]);

  const wantRange = (next: DateRange) => void list.want({ range: next });
  const clear = () => {
    setTyped('');
    input.current?.focus();
  };
  return (
    <search class="filter-bar">
      <div class="filter-top">
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
              // Keys pressed during an input method's composition choose a word.
              if (event.isComposing) return;
              if (event.key === 'ArrowDown') focusFirstRow();
              else if (event.key === 'Escape' && typed !== '') clear();
              else return;
              event.preventDefault();
            }}
          />
          {typed !== '' && <IconButton icon="close" label={t('search_clear')} onClick={clear} />}
        </div>
        {children}
      </div>
      <fieldset class="chips" onWheel={scrollAcross} onFocusIn={showFocused}>
        <legend class="hidden">{t('filters')}</legend>
        {callFilters.map((name) => (
          <button
            key={name}
            type="button"
            class="chip"
            aria-pressed={filter === name}
            data-testid={`filter-${name}`}
            onClick={() => void list.want({ filter: name })}
          >
            {t(`filter_${name}`)}
            {name === 'todo' && waiting > 0 && (
              <>
                {' '}
                <span class="chip-count" data-testid="waiting-count">
                  {format.count(waiting)}
                </span>
              </>
            )}
          </button>
        ))}
        <OutcomeChoice outcome={outcome} onOutcome={(next) => void list.want({ outcome: next })} />
        <DateChoice range={range} onRange={wantRange} />
      </fieldset>
      {range.kind === 'custom' && <LazyDateFields range={range} onRange={wantRange} />}
      {/* Always rendered, so that screen readers announce its changes. */}
      <p class="hidden" role="status" data-testid="found">
        {phase === 'shown' &&
          !isEverything(state) &&
          t(found === 0 ? emptyWords(state) : 'calls_found', { count: format.count(found) })}
      </p>
      {day !== null && (
        <p class="top-day" aria-hidden="true" data-testid="top-day">
          {day}
        </p>
      )}
    </search>
  );
}
