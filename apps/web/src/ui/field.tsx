import './field.css';
import { createContext, type ReactNode, useContext, useId, useMemo } from 'react';

type FieldLinks = { id: string; describedBy: string | undefined; invalid: boolean; required: boolean };

const FieldContext = createContext<FieldLinks | undefined>(undefined);

/** The attributes that tie a control to the field around it; nothing outside of a field. */
export function useFieldAttributes() {
  const field = useContext(FieldContext);
  if (!field) return {};
  return {
    id: field.id,
    ...(field.describedBy && { 'aria-describedby': field.describedBy }),
    ...(field.invalid && { 'aria-invalid': true }),
    ...(field.required && { 'aria-required': true }),
  };
}

/**
 * A labelled control; hint and error are tied to it for screen readers.
 * @param optional may be left empty; `unsaid` for filters, where nobody expects otherwise
 * @param error names what is wrong and what to do; undefined while nothing is
 */
export function Field({
  label,
  hint,
  error,
  optional = false,
  children,
}: {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean | 'unsaid';
  children: ReactNode;
}) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`];
  const describedBy = described.filter(Boolean).join(' ') || undefined;
  const invalid = error !== undefined;
  const links = useMemo(
    () => ({ id, describedBy, invalid, required: !optional }),
    [id, describedBy, invalid, optional],
  );
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label} {optional === true && <span className="field-optional">(optional)</span>}
      </label>
      {hint !== undefined && (
        <div className="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <FieldContext value={links}>{children}</FieldContext>
      {invalid && (
        <div className="field-error" id={`${id}-error`}>
          <span aria-hidden="true">!</span> {error}
        </div>
      )}
    </div>
  );
}
