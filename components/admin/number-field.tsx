import { useId } from 'preact/hooks';
import { useView } from '../view/view.ts';
import { isWithin } from './policy-draft.ts';

interface NumberFieldProps {
  label: string;
  /** NaN while the field is empty or holds no number. */
  value: number;
  onValue(value: number): void;
  limits: readonly [least: number, most: number];
  name: string;
}

/** A field for a whole number within limits; shows an error otherwise. */
export function NumberField({ label, value, onValue, limits, name }: NumberFieldProps) {
  const { t, format } = useView();
  const id = useId();
  const [least, most] = limits;
  const isGood = isWithin(value, limits);
  return (
    <div class="field">
      <label for={id} class="field-label">
        {label}
      </label>
      <input
        id={id}
        class="input"
        type="number"
        inputMode="numeric"
        min={least}
        max={most}
        step={1}
        name={name}
        value={Number.isNaN(value) ? '' : value}
        aria-invalid={!isGood}
        aria-describedby={isGood ? undefined : `${id}-error`}
        onInput={(event) => onValue(event.currentTarget.valueAsNumber)}
      />
      {!isGood && (
        <p id={`${id}-error`} class="field-error">
          {t('number_between', { least: format.count(least), most: format.count(most) })}
        </p>
      )}
    </div>
  );
}
