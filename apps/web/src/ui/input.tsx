import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { useFieldAttributes } from './field.tsx';

/** A line of text; inside a Field it has the field's label, hint and error. */
export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" className={classNames('input', className)} {...useFieldAttributes()} {...rest} />;
}

/** Several lines of text. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea className={classNames('input', 'input-area', className)} {...useFieldAttributes()} {...rest} />
  );
}

/** One value of a list, by the browser's own control: it works on every device. */
export function Select({
  options,
  className,
  ...rest
}: ComponentProps<'select'> & { options: readonly { value: string; label: string; disabled?: boolean }[] }) {
  return (
    <select className={classNames('input', className)} {...useFieldAttributes()} {...rest}>
      {options.map(({ value, label, disabled }) => (
        <option key={value} value={value} disabled={disabled}>
          {label}
        </option>
      ))}
    </select>
  );
}
