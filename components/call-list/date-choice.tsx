import { useView } from '../view/view.ts';
import type { DateFieldsProps } from './date-fields.tsx';
import type { DateRange } from './date-range.ts';

const kinds = ['any', 'today', 'week', 'month', 'custom'] as const satisfies DateRange['kind'][];

/** Which days to list. */
export function DateChoice({ range, onRange }: DateFieldsProps) {
  const { t } = useView();
  return (
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
  );
}
