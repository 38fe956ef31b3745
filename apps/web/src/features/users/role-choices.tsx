import { explainRoles } from '@moothall/platform/contracts';
import { useRead } from '../../data/use-operation.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { wordsOfRole } from '../administration/role-words.ts';
import type { User } from './status.tsx';

type Role = User['roles'][number];

/** Roles to be given or taken, each with what it lets its holder do. */
export function RoleChoices({
  value,
  onChange,
}: {
  value: readonly Role[];
  onChange: (roles: Role[]) => void;
}) {
  const roles = useRead(explainRoles, {});
  return (
    <Loaded query={roles} shape="form">
      {({ items }) => (
        <fieldset className="users-choices">
          <legend className="field-label">Roles</legend>
          {items.map(({ key, may }) => (
            <Checkbox
              key={key}
              label={wordsOfRole(key)}
              hint={may}
              checked={value.includes(key as Role)}
              onChange={({ target }) =>
                onChange(target.checked ? [...value, key as Role] : value.filter((role) => role !== key))
              }
            />
          ))}
        </fieldset>
      )}
    </Loaded>
  );
}
