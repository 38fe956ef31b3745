import { useId, useRef } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '../../ui/button.tsx';
import type { Faults } from './faults.ts';

/**
 * A list of short texts, a line each.
 * @param name of the field: its faults are `name` and `name.0`, `name.1` and so on
 */
export function TextList({
  name,
  label,
  one,
  hint,
  placeholder,
  values,
  faults,
  onChange,
}: {
  name: string;
  label: string;
  /** What a line is called: "Redirect URI". */
  one: string;
  hint: string;
  placeholder: string;
  values: readonly string[];
  faults: Faults;
  onChange: (values: string[]) => void;
}) {
  const id = useId();
  const list = useRef<HTMLFieldSetElement>(null);
  const set = (index: number, text: string) =>
    onChange(values.map((value, at) => (at === index ? text : value)));
  // The line is drawn before the focus goes there, so that what is typed at once lands in it.
  const changeAndFocus = (next: string[], focus: number) => {
    flushSync(() => onChange(next));
    list.current?.querySelectorAll('input')[focus]?.focus();
  };
  const remove = (index: number) =>
    changeAndFocus(
      values.filter((_, at) => at !== index),
      Math.max(0, index - 1),
    );
  const add = () => changeAndFocus([...values, ''], values.length);
  const wholeFault = faults[name];
  return (
    <fieldset ref={list} className="text-list" aria-describedby={`${id}-hint`}>
      <legend className="field-label">{label}</legend>
      <div className="field-hint" id={`${id}-hint`}>
        {hint}
      </div>
      {values.map((value, index) => {
        const fault = faults[`${name}.${index}`] ?? (index === 0 ? wholeFault : undefined);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is what stands at its place
          <div key={index} className="text-list-line">
            <input
              type="text"
              className="input"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              aria-label={`${one} ${index + 1}`}
              placeholder={placeholder}
              value={value}
              aria-invalid={fault !== undefined || undefined}
              aria-describedby={fault === undefined ? undefined : `${id}-fault-${index}`}
              onChange={(event) => set(index, event.target.value)}
            />
            {values.length > 1 && (
              <Button aria-label={`Remove ${one} ${index + 1}`} onClick={() => remove(index)}>
                Remove
              </Button>
            )}
            {fault !== undefined && (
              <div className="field-error text-list-fault" id={`${id}-fault-${index}`}>
                <span aria-hidden="true">!</span> {fault}
              </div>
            )}
          </div>
        );
      })}
      <div>
        <Button small onClick={add}>
          Add another
        </Button>
      </div>
    </fieldset>
  );
}
