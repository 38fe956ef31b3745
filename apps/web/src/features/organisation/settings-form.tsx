import {
  changeHubOrganization,
  getHubOrganization,
  getOverview,
  getSession,
} from '@moothall/platform/contracts';
import { useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction } from '../../data/use-operation.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { StaleNotice } from '../administration/stale-notice.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import { useDraft } from '../administration/use-draft.ts';

type Organization = ReplyOf<typeof getHubOrganization>;

/** Changes the settings; nobody's change is overwritten unseen. */
export function SettingsForm({
  organization,
  reload,
}: {
  organization: Organization;
  reload: () => Promise<Organization | undefined>;
}) {
  const draft = useDraft(
    organization,
    ({ displayName, sharesPresence }) => ({ displayName, sharesPresence }),
    reload,
  );
  const change = useAction(changeHubOrganization, [getHubOrganization, getOverview, getSession]);
  const { lacksFull } = useAdministrator();
  const [missing, setMissing] = useState(false);
  const say = useToast();
  const submit = async () => {
    const isNameless = draft.values.displayName.trim() === '';
    setMissing(isNameless);
    if (isNameless) return;
    const saved = await draft.save(({ version }, edits) =>
      change.mutateAsync({ body: { version, ...edits } }),
    );
    if (saved) say('The settings were saved');
  };
  return (
    <Guarded reason={lacksFull}>
      <Form submitLabel="Save settings" onSubmit={submit}>
        <Field
          label="Name"
          {...(missing && { error: 'Enter a name for the organisation.' })}
          {...(draft.theirs.displayName !== undefined && {
            hint: `Somebody else wrote: ${draft.theirs.displayName}`,
          })}
        >
          <TextInput
            autoComplete="organization"
            maxLength={256}
            value={draft.values.displayName}
            onChange={({ target }) => draft.edit({ displayName: target.value })}
          />
        </Field>
        <Checkbox
          label="People see whether others are there"
          hint="Without it everybody's presence is unknown to everybody, also to apps."
          checked={draft.values.sharesPresence}
          onChange={({ target }) => draft.edit({ sharesPresence: target.checked })}
        />
        <StaleNotice draft={draft} />
      </Form>
    </Guarded>
  );
}
