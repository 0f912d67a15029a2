import type { InputHTMLAttributes, Ref } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  label: string;
  value: string;
  onValue(value: string): void;
  hint?: string | undefined;
  error?: string | undefined;
  type?: 'text' | 'password' | 'url' | 'search';
  /** Hides the label from all but screen readers, for fields whose column heading or placeholder already shows it. */
  bare?: boolean;
  mono?: boolean;
  inputRef?: Ref<HTMLInputElement> | undefined;
  input?: Pick<
    InputHTMLAttributes<HTMLInputElement>,
    'name' | 'placeholder' | 'readOnly' | 'required' | 'maxLength' | 'minLength' | 'autocomplete' | 'autocapitalize'
  >;
}

/** A labelled text input; its hint and error are linked to it for screen readers. */
export function Field({
  label,
  value,
  onValue,
  hint,
  error,
  type = 'text',
  bare = false,
  mono = false,
  inputRef,
  input,
}: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id} class={bare ? 'hidden' : 'field-label'}>
        {label}
      </label>
      <input
        autocomplete="off"
        spellcheck={false}
        {...input}
        id={id}
        ref={inputRef}
        class={mono ? 'input mono' : 'input'}
        // Preact's types want a single literal here, since the allowed roles of an input depend on it.
        type={type as 'text'}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={described || undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {hint && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
