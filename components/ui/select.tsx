import { useId } from 'preact/hooks';

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly (readonly [value: Value, text: string])[];
  onValue(value: Value): void;
  bare?: boolean;
}

/** A labelled choice of one option among a few. */
export function Select<Value extends string>({ label, value, options, onValue, bare = false }: SelectProps<Value>) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class={bare ? 'hidden' : 'field-label'}>
        {label}
      </label>
      <select id={id} class="input" value={value} onChange={(event) => onValue(event.currentTarget.value as Value)}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
