import { Form } from '../../ui/form.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { anyOf, wordsOfRole } from '../administration/role-words.ts';
import { StaleNotice } from '../administration/stale-notice.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import { RoleChoices } from './role-choices.tsx';
import { type UserProps, useUserDraft } from './use-user-draft.ts';

/** Gives and takes roles; what they let somebody do holds from their next call on, whatever token they use. */
export function UserRoles(props: UserProps) {
  const draft = useUserDraft(props, ({ roles }) => ({ roles }));
  const { lacksFull } = useAdministrator();
  return (
    <Guarded reason={lacksFull}>
      <Form submitLabel="Save roles" onSubmit={draft.save}>
        <p>Without a role somebody uses their own account only. A change holds at once.</p>
        <RoleChoices value={draft.values.roles} onChange={(roles) => draft.edit({ roles })} />
        {draft.theirs.roles && (
          <p>Somebody else chose: {anyOf(draft.theirs.roles.map(wordsOfRole)) || 'no role'}.</p>
        )}
        <StaleNotice draft={draft} />
      </Form>
    </Guarded>
  );
}
