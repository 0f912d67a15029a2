import { useId } from 'preact/hooks';
import { useView } from '../view/view.ts';

interface DayFieldProps {
  end: 'from' | 'to';
  name: string;
  /** Such as 2026-11-30; empty while no day is chosen. */
  value: string;
  isWrong: boolean;
  onValue(day: string): void;
}

/** The first or the last day of a period. */
export function DayField({ end, name, value, isWrong, onValue }: DayFieldProps) {
  const { t } = useView();
  const id = useId();
  return (
    <div class="field">
      <label for={id} class="field-label">
        {t(`range_${end}`)}
      </label>
      <input
        id={id}
        class="input"
        type="date"
        name={name}
        value={value}
        aria-invalid={isWrong}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}
