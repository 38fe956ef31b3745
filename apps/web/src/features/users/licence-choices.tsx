import { listHubLicenses } from '@moothall/platform/contracts';
import { useRead } from '../../data/use-operation.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { EmptyState } from '../../ui/states.tsx';

/**
 * Licences to be given or taken, each with its free seats.
 * @param held those that the person has already: they need no free seat
 */
export function LicenceChoices({
  value,
  held = [],
  onChange,
}: {
  value: readonly string[];
  held?: readonly string[];
  onChange: (licenses: string[]) => void;
}) {
  const licenses = useRead(listHubLicenses, {});
  return (
    <Loaded query={licenses} shape="form">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="The organisation has no licences" />
        ) : (
          <fieldset className="users-choices">
            <legend className="field-label">Licences</legend>
            {items.map(({ id, name, totalUnits, consumedUnits }) => {
              const free = Math.max(0, totalUnits - consumedUnits);
              return (
                <Checkbox
                  key={id}
                  label={name}
                  hint={
                    free === 0
                      ? 'No free seat: take one from somebody else first.'
                      : `${free} of ${totalUnits} seats are free.`
                  }
                  disabled={free === 0 && !held.includes(id) && !value.includes(id)}
                  checked={value.includes(id)}
                  onChange={({ target }) =>
                    onChange(target.checked ? [...value, id] : value.filter((one) => one !== id))
                  }
                />
              );
            })}
          </fieldset>
        )
      }
    </Loaded>
  );
}
