import { useEffect, useState } from 'react';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/input.tsx';
import { useSettled } from './use-settled.ts';

/**
 * A text that narrows a list while it is typed.
 * @param value as the address has it
 * @param onSearch called when the reader pauses
 */
export function SearchField({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string;
  onSearch: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const settled = useSettled(text);
  // The back button changes the address without a key being pressed.
  useEffect(() => setText(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a settled text is searched for
  useEffect(() => {
    if (settled === text && settled.trim() !== value) onSearch(settled.trim());
  }, [settled]);
  return (
    <Field label={label} optional="unsaid">
      <TextInput
        type="search"
        autoComplete="off"
        maxLength={254}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </Field>
  );
}
