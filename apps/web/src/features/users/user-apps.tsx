import { listTransferableApps } from '@moothall/platform/contracts';
import { useRead } from '../../data/use-operation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { wordsOfKind } from '../administration/app-words.ts';
import { useAdministrator } from '../administration/use-administrator.ts';
import type { User } from './status.tsx';

/** Apps that a person answers for, with the way to give them to somebody else. */
export function UserApps({ user }: { user: User }) {
  const { isFull, lacksFull } = useAdministrator();
  if (user.ownedApps.length === 0)
    return (
      <EmptyState title={`${user.displayName} owns no apps`}>
        Apps are made in the developer portal by whoever will answer for them.
      </EmptyState>
    );
  return (
    <Stack>
      <OwnershipWarning user={user} />
      {isFull ? <OwnedApps user={user} /> : <AppCounts user={user} reason={lacksFull} />}
    </Stack>
  );
}

/** Says what somebody owns before they go; nothing for who owns nothing. */
export function OwnershipWarning({ user: { ownershipWarning, id } }: { user: User }) {
  const { isFull } = useAdministrator();
  if (ownershipWarning === undefined) return null;
  return (
    <Notice
      tone="warning"
      title={ownershipWarning}
      action={
        isFull && (
          <LinkButton to="/transfer" search={{ by: 'personId', q: id }}>
            Transfer their apps
          </LinkButton>
        )
      }
    >
      <p>Apps go on working when their owner is gone, but then nobody can change them.</p>
    </Notice>
  );
}

function AppCounts({ user: { ownedApps }, reason }: { user: User; reason: string | undefined }) {
  return (
    <Stack>
      <ul>
        {ownedApps.map(({ kind, count }) => (
          <li key={kind}>
            {count} {wordsOfKind(kind, count).toLowerCase()}
          </li>
        ))}
      </ul>
      <p className="field-hint">{reason}</p>
    </Stack>
  );
}

function OwnedApps({ user }: { user: User }) {
  const apps = useRead(listTransferableApps, { query: { personId: user.id, max: 200 } });
  return (
    <Loaded query={apps} shape="table" needs="the role of a full administrator">
      {({ items }) => (
        <Table
          caption={`${items.length} shown`}
          rows={items}
          rowKey={({ id }) => id}
          columns={[
            { key: 'name', header: 'App', cell: ({ name }) => name },
            { key: 'type', header: 'Kind', cell: ({ type }) => wordsOfKind(type) },
            { key: 'created', header: 'Made', cell: ({ created }) => <Time at={created} to="date" /> },
          ]}
        />
      )}
    </Loaded>
  );
}
