import { claimDomain, getHubOrganization, listDomains } from '@moothall/platform/contracts';
import { useRef, useState } from 'react';
import { useAction } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Section } from '../../ui/layout.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';

/** Mail domains of the organisation, and the claim of another. */
export function Domains({ names }: { names: readonly string[] }) {
  const { lacksFull } = useAdministrator();
  return (
    <Section
      title="Mail domains"
      lead="Whoever is invited by an address of such a domain belongs to this organisation."
    >
      {names.length === 0 ? (
        <EmptyState title="There is no domain yet">
          Claim the one that your people have addresses of.
        </EmptyState>
      ) : (
        <Table
          caption={names.length === 1 ? 'One domain' : `${names.length} domains`}
          rows={names}
          rowKey={(name) => name}
          columns={[
            { key: 'name', header: 'Domain', cell: (name) => name },
            { key: 'state', header: 'State', cell: () => <Badge tone="success">Verified</Badge> },
          ]}
        />
      )}
      <Guarded reason={lacksFull}>
        <ClaimForm />
      </Guarded>
    </Section>
  );
}

function ClaimForm() {
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const claim = useAction(claimDomain, [listDomains, getHubOrganization]);
  const say = useToast();
  const submit = async () => {
    setMissing(name.trim() === '');
    if (name.trim() === '') return input.current?.focus();
    const domain = await claim.mutateAsync({ body: { name } });
    setName('');
    say(`${domain.name} belongs to your organisation`);
  };
  return (
    <Form submitLabel="Claim domain" onSubmit={submit}>
      <Field
        label="Another domain"
        hint="Such as example.com."
        {...(missing && { error: 'Enter the name of a domain.' })}
      >
        <TextInput
          ref={input}
          autoComplete="off"
          maxLength={253}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
    </Form>
  );
}
