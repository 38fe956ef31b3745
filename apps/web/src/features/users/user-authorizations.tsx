import { deleteAuthorizationInHub, listAuthorizationsInHub } from '@moothall/platform/contracts';
import { useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { PageError } from '../../data/page-error.ts';
import { useAction, useClient, useRead } from '../../data/use-operation.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Meter } from '../../ui/meter.tsx';
import { EmptyState, Progress } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import type { User } from './status.tsx';

type Authorization = ReplyOf<typeof listAuthorizationsInHub>['items'][number];

/** What a person allowed apps, with their token meter; each can be revoked, or all. */
export function UserAuthorizations({ user }: { user: User }) {
  const list = useRead(listAuthorizationsInHub, { params: { personId: user.id } });
  const { lacksFull } = useAdministrator();
  return (
    <Loaded query={list} shape="table" needs="the role of a full administrator or user administrator">
      {({ items, count, limit }) => (
        <Stack>
          <Meter
            label="Active tokens"
            value={count}
            max={limit}
            hint="Each app, site and tool that acts for this person holds one; at the limit no app gets a new one."
          />
          {items.length === 0 ? (
            <EmptyState title="Nothing is authorised">No app acts for {user.displayName}.</EmptyState>
          ) : (
            <Guarded reason={lacksFull}>
              <Stack>
                <RevokeAll user={user} items={items} />
                <AuthorizationTable user={user} items={items} />
              </Stack>
            </Guarded>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

function AuthorizationTable({ user, items }: { user: User; items: readonly Authorization[] }) {
  return (
    <Table
      caption={`${items.length} shown, newest first`}
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        { key: 'app', header: 'App', cell: (one) => <App authorization={one} /> },
        {
          key: 'type',
          header: 'Kind',
          cell: ({ type }) => (type === 'refresh' ? 'Lasting permission' : 'Access token'),
        },
        { key: 'created', header: 'Since', cell: ({ created }) => <Time at={created} /> },
        {
          key: 'expires',
          header: 'Ends',
          cell: ({ expires }) => (expires === undefined ? 'never' : <Time at={expires} />),
        },
        {
          key: 'revoke',
          header: 'Revoke',
          align: 'end',
          cell: (one) => <Revoke user={user} authorization={one} />,
        },
      ]}
    />
  );
}

function App({ authorization: { applicationName, scopes } }: { authorization: Authorization }) {
  return (
    <Stack gap="tight">
      <span>{applicationName}</span>
      {scopes.length > 0 && (
        <details>
          <summary className="field-hint">
            {scopes.length === 1 ? '1 scope' : `${scopes.length} scopes`}
          </summary>
          <ul>
            {scopes.map((scope) => (
              <li key={scope}>
                <code>{scope}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Stack>
  );
}

function Revoke({ user, authorization }: { user: User; authorization: Authorization }) {
  const revoke = useAction(deleteAuthorizationInHub, [listAuthorizationsInHub]);
  const say = useToast();
  const { applicationName, type, id } = authorization;
  return (
    <ConfirmButton
      small
      title={`Revoke ${applicationName}?`}
      description={
        type === 'refresh'
          ? `The app loses all its tokens of ${user.displayName} at once, and must ask them again.`
          : 'The token stops working with its next call. An app with a lasting permission can get another one.'
      }
      confirmLabel="Revoke"
      onConfirm={async () => {
        await revoke.mutateAsync({ params: { authorizationId: id } });
        say(`${applicationName} was revoked`);
      }}
    >
      Revoke
    </ConfirmButton>
  );
}

function RevokeAll({ user, items }: { user: User; items: readonly Authorization[] }) {
  const client = useClient();
  const refresh = useRead(listAuthorizationsInHub, { params: { personId: user.id } }, { enabled: false });
  const [done, setDone] = useState<number>();
  const say = useToast();
  const revokeAll = async () => {
    try {
      for (const [index, { id }] of items.entries()) {
        setDone(index);
        await client.call(deleteAuthorizationInHub, { params: { authorizationId: id } }).catch(unlessGone);
      }
      say(`Everything of ${user.displayName} was revoked`);
    } finally {
      setDone(undefined);
      await refresh.refetch();
    }
  };
  return (
    <Row apart>
      {done === undefined ? (
        <span />
      ) : (
        <Progress label={`${done} of ${items.length} revoked`} value={done} max={items.length} />
      )}
      <ConfirmButton
        title={`Revoke everything of ${user.displayName}?`}
        description="Every app, site and tool that acts for them stops working at once, and must ask them again. Their browsers stay signed in."
        confirmLabel="Revoke everything"
        onConfirm={revokeAll}
      >
        Revoke everything
      </ConfirmButton>
    </Row>
  );
}

/** A token ends with its permission: then there is nothing left to revoke. */
function unlessGone(error: unknown): void {
  if (PageError.from(error).status !== 404) throw error;
}
