import { createUser, getOverview, listHubLicenses, listUsers } from '@moothall/platform/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useAction } from '../../data/use-operation.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import { LicenceChoices } from './licence-choices.tsx';
import { RoleChoices } from './role-choices.tsx';
import type { User } from './status.tsx';

const fields = [
  { name: 'email', label: 'E-mail address', missing: 'Enter the address that they sign in with.' },
  { name: 'displayName', label: 'Display name', missing: 'Enter the name that others see.' },
  { name: 'firstName', label: 'First name' },
  { name: 'lastName', label: 'Last name' },
  { name: 'title', label: 'Job title' },
  { name: 'department', label: 'Department' },
] as const;

type Texts = Record<(typeof fields)[number]['name'], string>;

const empty: Texts = { email: '', displayName: '', firstName: '', lastName: '', title: '', department: '' };

/** Adds one person with names, roles and licences. */
export function NewUser() {
  const [texts, setTexts] = useState(empty);
  const [roles, setRoles] = useState<User['roles']>([]);
  const [licenses, setLicenses] = useState<string[]>([]);
  const [checked, setChecked] = useState(false);
  const inputs = useRef<Partial<Record<keyof Texts, HTMLInputElement | null>>>({});
  const create = useAction(createUser, [listUsers, getOverview, listHubLicenses]);
  const { lacksFull } = useAdministrator();
  const navigate = useNavigate();
  const say = useToast();
  const wrong = fields.filter((field) => 'missing' in field && texts[field.name].trim() === '');
  const submit = async () => {
    setChecked(true);
    const [first] = wrong;
    if (first) return inputs.current[first.name]?.focus();
    const given = Object.entries(texts).filter(([, text]) => text.trim() !== '');
    const { id, displayName } = await create.mutateAsync({
      body: { ...(Object.fromEntries(given) as { email: string }), roles, licenses },
    });
    say(`${displayName} was invited`);
    await navigate({ to: '/users/$personId', params: { personId: id } as never });
  };
  return (
    <Form submitLabel="Add and invite" onSubmit={submit}>
      {fields.map((field) => (
        <Field
          key={field.name}
          label={field.label}
          optional={!('missing' in field)}
          {...('missing' in field && checked && wrong.includes(field) && { error: field.missing })}
        >
          <TextInput
            ref={(input) => {
              inputs.current[field.name] = input;
            }}
            autoComplete="off"
            maxLength={256}
            value={texts[field.name]}
            onChange={({ target }) => setTexts({ ...texts, [field.name]: target.value })}
          />
        </Field>
      ))}
      <LicenceChoices value={licenses} onChange={setLicenses} />
      <Guarded reason={lacksFull && 'Only a full administrator can give roles.'}>
        <RoleChoices value={roles} onChange={setRoles} />
      </Guarded>
    </Form>
  );
}
