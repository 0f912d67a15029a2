import { useView } from '../view/view.ts';
import type { DateRange } from './date-range.ts';

const kinds = ['any', 'today', 'week', 'month', 'custom'] as const satisfies DateRange['kind'][];

interface DateChoiceProps {
  range: DateRange;
  onRange(range: DateRange): void;
}

/** Which days to list; a custom range opens two date fields. */
export function DateChoice({ range, onRange }: DateChoiceProps) {
  const { t } = useView();
  const field = (name: 'from' | 'to') => (
    <label class="range-day">
      {t(`range_${name}`)}
      <input
        class="input"
        type="date"
        value={range[name]}
        min={name === 'to' ? range.from : undefined}
        max={name === 'from' ? range.to : undefined}
        data-testid={`range-${name}`}
        onChange={(event) => onRange({ ...range, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <>
      <select
        class="chip chip-select"
        aria-label={t('range')}
        value={range.kind}
        data-chosen={range.kind !== 'any'}
        data-testid="range"
        onChange={(event) => onRange({ ...range, kind: event.currentTarget.value as DateRange['kind'] })}
      >
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`range_${kind}`)}
          </option>
        ))}
      </select>
      {range.kind === 'custom' && (
        <div class="range-days">
          {field('from')}
          {field('to')}
        </div>
      )}
    </>
  );
}
