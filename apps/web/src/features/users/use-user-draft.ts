import {
  administrationErrors,
  changeUser,
  getOverview,
  getUser,
  listUsers,
} from '@moothall/platform/contracts';
import type { InputOf } from '../../data/operation-input.ts';
import { useAction } from '../../data/use-operation.ts';
import { useToast } from '../../ui/toast.tsx';
import { wordsOfRole } from '../administration/role-words.ts';
import { useAdministrator } from '../administration/use-administrator.ts';
import { useDraft } from '../administration/use-draft.ts';
import type { User } from './status.tsx';

/** What the parts of a person's page are given. */
export type UserProps = {
  user: User;
  /** Reads the person anew. */
  reload: () => Promise<User | undefined>;
};

type Change = Omit<InputOf<typeof changeUser>['body'], 'version'>;

/** Roles that only full administrators may touch the holders of. */
const ordinary = new Set(['user_admin', 'readonly_admin']);
const changedMeanwhile = administrationErrors['person.changed_meanwhile'].message;

/** What is read again after a person was changed. */
export const changedWithUser = [getUser, listUsers, getOverview];

/** A part of a person that is being changed. */
export function useUserDraft<Values extends Change>(
  { user, reload }: UserProps,
  valuesOf: (user: User) => Values,
) {
  const draft = useDraft(user, valuesOf, reload, ({ message }) => message === changedMeanwhile);
  const change = useAction(changeUser, changedWithUser);
  const say = useToast();
  const save = async () => {
    const saved = await draft.save(({ version }, edits) =>
      change.mutateAsync({ params: { personId: user.id }, body: { version, ...edits } }),
    );
    if (saved) say(`${user.displayName} was saved`);
  };
  return { ...draft, save };
}

/** Why the signed-in administrator cannot change a person; undefined where they can. */
export function useLackFor(user: User): string | undefined {
  const { isFull, lacksPeople } = useAdministrator();
  if (lacksPeople !== undefined || isFull) return lacksPeople;
  const privileged = user.roles.find((role) => !ordinary.has(role));
  if (privileged === undefined) return undefined;
  return `Only a full administrator can change somebody with the role ${wordsOfRole(privileged).toLowerCase()}.`;
}
