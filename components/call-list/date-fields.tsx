import { useId } from 'preact/hooks';
import { useView } from '../view/view.ts';
import type { DateRange } from './date-range.ts';

export interface DateFieldsProps {
  range: DateRange;
  onRange(range: DateRange): void;
}

/** The first and the last day of a range that the agent chooses. */
export default function DateFields({ range, onRange }: DateFieldsProps) {
  const { t } = useView();
  const id = useId();
  const isBackwards = range.from !== '' && range.to !== '' && range.to < range.from;
  return (
    <div class="range-days">
      {(['from', 'to'] as const).map((name) => (
        <label key={name} class="range-day">
          {t(`range_${name}`)}
          <input
            class="input"
            type="date"
            value={range[name]}
            min={name === 'to' ? range.from : undefined}
            max={name === 'from' ? range.to : undefined}
            aria-invalid={isBackwards}
            aria-describedby={isBackwards ? id : undefined}
            data-testid={`range-${name}`}
            onChange={(event) => onRange({ ...range, [name]: event.currentTarget.value })}
          />
        </label>
      ))}
      <p id={id} class="field-error" role="alert">
        {isBackwards && t('days_backwards')}
      </p>
    </div>
  );
}
