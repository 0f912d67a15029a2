interface CheckListProps<Value extends string | number> {
  legend: string;
  options: readonly (readonly [value: Value, text: string])[];
  chosen: readonly Value[];
  /** Receives the chosen values in the order of the options. */
  onChosen(chosen: Value[]): void;
}

/** A group of checkboxes: any number of a few options. */
export function CheckList<Value extends string | number>({ legend, options, chosen, onChosen }: CheckListProps<Value>) {
  const toggled = (value: Value, isOn: boolean) =>
    options.map(([option]) => option).filter((option) => (option === value ? isOn : chosen.includes(option)));
  return (
    <fieldset class="check-list">
      <legend class="field-label">{legend}</legend>
      {options.map(([value, text]) => (
        <label key={value} class="check">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) => onChosen(toggled(value, event.currentTarget.checked))}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
