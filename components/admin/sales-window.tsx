import { useId } from 'preact/hooks';
import type { SalesWindow as Window } from '../../relay/contract.ts';
import type { Format } from '../../utils/i18n/format.ts';
import { CheckList } from '../ui/check-list.tsx';
import { useView } from '../view/view.ts';
import { windowFault } from './policy-draft.ts';

export const allDays = [1, 2, 3, 4, 5, 6, 7];
export const saleClasses = ['mobile', 'fixed'] as const;
/** A Monday, from which the names of the days are formatted in the person's language. */
const monday = Date.UTC(2024, 0, 1, 12);

/** @param day ISO weekday: Monday is 1 */
export function dayName(day: number, format: Format): string {
  return format.weekday(monday + (day - 1) * 86_400_000);
}

interface SalesWindowProps {
  window: Window;
  /** Its position among the windows, from 1. */
  number: number;
  onWindow(window: Window): void;
  /** Absent for the only window. */
  onRemove?: (() => void) | undefined;
}

/** A window: hours, days and the classes of numbers it applies to. */
export function SalesWindow({ window, number, onWindow, onRemove }: SalesWindowProps) {
  const { t, format } = useView();
  const id = useId();
  const fault = windowFault(window);
  const isUntimely = fault === 'untimed' || fault === 'backwards';
  return (
    <fieldset class="sales-window" aria-describedby={fault ? id : undefined} data-testid="sales-window">
      <legend>{t('policy_hours_window', { number })}</legend>
      <div class="actions">
        {(['from', 'to'] as const).map((end) => (
          <label key={end} class="range-day">
            {t(`policy_hours_${end}`)}
            <input
              class="input"
              type="time"
              value={window[end]}
              aria-invalid={isUntimely}
              onInput={(event) => onWindow({ ...window, [end]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      <CheckList
        legend={t('policy_hours_days')}
        options={allDays.map((day) => [day, dayName(day, format)] as const)}
        chosen={window.days}
        onChosen={(days) => onWindow({ ...window, days })}
      />
      <CheckList
        legend={t('policy_hours_classes')}
        options={saleClasses.map((name) => [name, t(`class_${name}`)] as const)}
        chosen={window.classes}
        onChosen={(classes) => onWindow({ ...window, classes })}
      />
      {fault && (
        <p id={id} class="field-error" role="alert">
          {t(`policy_hours_${fault}`)}
        </p>
      )}
      {onRemove && (
        <button type="button" class="button" onClick={onRemove} data-testid="sales-window-remove">
          {t('policy_hours_remove', { number })}
        </button>
      )}
    </fieldset>
  );
}
