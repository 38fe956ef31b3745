import { type RefObject, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { PageError } from '../../data/page-error.ts';

/** What is wrong, by field; `redirectUris.1` is the second of a list. */
export type Faults = Readonly<Record<string, string>>;

function sentence(text: string): string {
  const trimmed = text.trim();
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

/** Messages of the contract name their field first where they are read without it. */
const NAMED = /^(\w+)(?:\.\d+)?: ([\s\S]*)$/;

/** What a contract has against a form; each field's first fault. */
export function faultsOf(schema: z.ZodType | undefined, form: unknown): Faults {
  const error = schema?.safeParse(form).error;
  const faults: Record<string, string> = {};
  for (const { path, message } of error?.issues ?? []) {
    faults[path.map(String).join('.')] ??= sentence(NAMED.exec(message)?.[2] ?? message);
  }
  return faults;
}

/** The field that a refusal names, where the form has it. */
export function faultOfRefusal(error: unknown, fields: readonly string[]): Faults | undefined {
  const [, field, text] = NAMED.exec(PageError.from(error).message) ?? [];
  if (field === undefined || text === undefined || !fields.includes(field)) return undefined;
  return { [field]: sentence(text) };
}

/**
 * The faults of a form; when some are shown, the first wrong field has the focus.
 * @returns `place` for the element around the fields
 */
export function useFaults(): {
  faults: Faults;
  show: (faults: Faults) => void;
  place: RefObject<HTMLDivElement | null>;
} {
  const [faults, show] = useState<Faults>({});
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (Object.keys(faults).length === 0) return;
    const wrong = '[aria-invalid="true"], [data-invalid="true"] :is(input, button)';
    place.current?.querySelector<HTMLElement>(wrong)?.focus();
  }, [faults]);
  return { faults, show, place };
}
