import { useRef, useState } from 'react';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { StaleNotice } from '../administration/stale-notice.tsx';
import type { User } from './status.tsx';
import { type UserProps, useLackFor, useUserDraft } from './use-user-draft.ts';

const fields = [
  { name: 'displayName', label: 'Display name', missing: 'Enter the name that others see.' },
  { name: 'email', label: 'E-mail address', missing: 'Enter the address that they sign in with.' },
  { name: 'firstName', label: 'First name' },
  { name: 'lastName', label: 'Last name' },
  { name: 'title', label: 'Job title' },
  { name: 'department', label: 'Department' },
] as const;

type Name = (typeof fields)[number]['name'];

function detailsOf(user: User): Record<Name, string> {
  const entries = fields.map(({ name }) => [name, user[name] ?? '']);
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** Changes names and the like. Of two administrators at once the second keeps their text and is told. */
export function UserDetails(props: UserProps) {
  const draft = useUserDraft(props, detailsOf);
  const [checked, setChecked] = useState(false);
  const inputs = useRef<Partial<Record<Name, HTMLInputElement | null>>>({});
  const wrong = fields.filter((field) => 'missing' in field && draft.values[field.name].trim() === '');
  const submit = async () => {
    setChecked(true);
    const [first] = wrong;
    if (first) inputs.current[first.name]?.focus();
    else await draft.save();
  };
  return (
    <Guarded reason={useLackFor(props.user)}>
      <Form submitLabel="Save details" onSubmit={submit}>
        {fields.map((field) => (
          <Field
            key={field.name}
            label={field.label}
            optional={!('missing' in field)}
            {...(draft.theirs[field.name] !== undefined && {
              hint: `Somebody else wrote: ${draft.theirs[field.name] || '(nothing)'}`,
            })}
            {...('missing' in field && checked && wrong.includes(field) && { error: field.missing })}
          >
            <TextInput
              ref={(input) => {
                inputs.current[field.name] = input;
              }}
              autoComplete="off"
              maxLength={256}
              value={draft.values[field.name]}
              onChange={({ target }) => draft.edit({ [field.name]: target.value })}
            />
          </Field>
        ))}
        <StaleNotice draft={draft} />
      </Form>
    </Guarded>
  );
}
