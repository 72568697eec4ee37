import { useId, type ReactNode } from 'react';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** A sentence; its presence marks the field as wrong. */
  readonly problem?: string | undefined;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly secret?: boolean;
  readonly maxLength?: number;
  /** First thing to type in a dialog or view. */
  readonly first?: boolean;
}

export function TextField(props: TextFieldProps): ReactNode {
  const { label, value, onChange, hint, problem, placeholder, mono = false, secret = false, maxLength, first = false } = props;
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={secret ? 'password' : 'text'}
        className={mono ? 'mono' : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        maxLength={maxLength}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        ref={first ? focusOnce : undefined}
      />
      {note !== undefined && (
        <span id={`${id}-note`} className={problem === undefined ? 'soft small' : 'small bad-text'}>
          {note}
        </span>
      )}
    </div>
  );
}

function focusOnce(element: HTMLInputElement | null): void {
  element?.focus();
}

export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly why?: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few, all visible. Arrow keys move as in any group of radio buttons. */
export function Choice<T extends string>({ label, options, value, onChange }: ChoiceProps<T>): ReactNode {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
          {option.why !== undefined && <span className="why soft small">{option.why}</span>}
        </label>
      ))}
    </fieldset>
  );
}

export function Check({
  label,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}): ReactNode {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
