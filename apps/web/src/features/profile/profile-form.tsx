import { getProfile, getSession, updateProfile } from '@moothall/platform/contracts';
import { useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction } from '../../data/use-operation.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { useToast } from '../../ui/toast.tsx';

type ProfileReply = ReplyOf<typeof getProfile>;

const fields = [
  { name: 'displayName', label: 'Display name', hint: 'Shown with what you write.', autoComplete: 'name' },
  { name: 'firstName', label: 'First name', autoComplete: 'given-name' },
  { name: 'lastName', label: 'Last name', autoComplete: 'family-name' },
  { name: 'nickName', label: 'Nickname', autoComplete: 'nickname' },
  { name: 'timezone', label: 'Time zone', hint: 'Such as Europe/Berlin.', autoComplete: 'off' },
] as const;

type Names = Record<(typeof fields)[number]['name'], string>;

function namesOf(profile: ProfileReply): Names {
  const entries = fields.map(({ name }) => [name, profile[name] ?? '']);
  return Object.fromEntries(entries) as Names;
}

/** Changes one's names; a change that somebody else made meanwhile is not overwritten. */
export function ProfileForm({ profile }: { profile: ProfileReply }) {
  const [names, setNames] = useState(namesOf(profile));
  const [missing, setMissing] = useState(false);
  const update = useAction(updateProfile, [getProfile, getSession]);
  const say = useToast();
  const submit = async () => {
    setMissing(names.displayName.trim() === '');
    if (names.displayName.trim() === '') return;
    await update.mutateAsync({ body: { version: profile.version, ...names } });
    say('Your profile was saved');
  };
  return (
    <Form submitLabel="Save profile" onSubmit={submit}>
      {fields.map(({ name, label, autoComplete, ...rest }) => (
        <Field
          key={name}
          label={label}
          optional={name !== 'displayName'}
          {...('hint' in rest && { hint: rest.hint })}
          {...(name === 'displayName' && missing && { error: 'Enter the name that others see.' })}
        >
          <TextInput
            autoComplete={autoComplete}
            maxLength={256}
            value={names[name]}
            onChange={(event) => setNames({ ...names, [name]: event.target.value })}
          />
        </Field>
      ))}
    </Form>
  );
}
