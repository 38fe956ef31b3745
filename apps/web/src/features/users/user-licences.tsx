import { listHubLicenses } from '@moothall/platform/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Form } from '../../ui/form.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { StaleNotice } from '../administration/stale-notice.tsx';
import { LicenceChoices } from './licence-choices.tsx';
import { type UserProps, useLackFor, useUserDraft } from './use-user-draft.ts';

/** Gives and takes licences. */
export function UserLicences(props: UserProps) {
  const draft = useUserDraft(props, ({ licenses }) => ({ licenses }));
  const queries = useQueryClient();
  const submit = async () => {
    await draft.save();
    await queries.invalidateQueries({ queryKey: [listHubLicenses.id] });
  };
  return (
    <Guarded reason={useLackFor(props.user)}>
      <Form submitLabel="Save licences" onSubmit={submit}>
        <p>What a licence allows is refused from the next call on once it is taken away.</p>
        <LicenceChoices
          value={draft.values.licenses}
          held={props.user.licenses}
          onChange={(licenses) => draft.edit({ licenses })}
        />
        {draft.theirs.licenses && <p>Somebody else changed the licences too: look at them again.</p>}
        <StaleNotice draft={draft} />
      </Form>
    </Guarded>
  );
}
