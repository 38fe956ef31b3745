import './field.css';
import { type ComponentProps, type ReactNode, useId } from 'react';

type ChoiceProps = ComponentProps<'input'> & { label: ReactNode; hint?: ReactNode };

function Choice({ label, hint, ...rest }: ChoiceProps) {
  const id = useId();
  return (
    <div className="choice">
      <input
        className="choice-input"
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...rest}
      />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <span className="choice-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** A single choice to be made or left. */
export function Checkbox(props: ChoiceProps) {
  return <Choice type="checkbox" {...props} />;
}

/** One of the values that a radio group offers. */
export type RadioOption<Value extends string> = {
  value: Value;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
};

/** One value of a few, all of them in sight. */
export function RadioGroup<Value extends string>({
  legend,
  hint,
  options,
  value,
  onChange,
}: {
  legend: string;
  hint?: ReactNode;
  options: readonly RadioOption<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend className="field-label">{legend}</legend>
      {hint !== undefined && <div className="field-hint">{hint}</div>}
      <div className="choices">
        {options.map((option) => (
          <Choice
            key={option.value}
            type="radio"
            name={name}
            label={option.label}
            {...(option.hint !== undefined && { hint: option.hint })}
            disabled={option.disabled}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
        ))}
      </div>
    </fieldset>
  );
}
