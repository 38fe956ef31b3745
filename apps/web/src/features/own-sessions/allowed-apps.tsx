import { listOwnGrants, listOwnSessions, revokeOwnGrant } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction } from '../../data/use-operation.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Section, Stack } from '../../ui/layout.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';

type Grant = ReplyOf<typeof listOwnGrants>['items'][number];

/** Apps that the person allowed something, and the way to take it back. */
export function AllowedApps({ grants }: { grants: readonly Grant[] }) {
  return (
    <Section
      title="Apps that you allowed"
      lead="They keep their access until you take it back, or for 90 idle days."
    >
      {grants.length === 0 ? (
        <EmptyState title="You have allowed no app">
          An app that wants to act for you asks first; then it stands here.
        </EmptyState>
      ) : (
        <GrantTable grants={grants} />
      )}
    </Section>
  );
}

function GrantTable({ grants }: { grants: readonly Grant[] }) {
  return (
    <Table
      caption={grants.length === 1 ? 'One app' : `${grants.length} apps`}
      rows={grants}
      rowKey={({ clientId }) => clientId}
      columns={[
        { key: 'name', header: 'App', cell: (grant) => <App grant={grant} /> },
        { key: 'since', header: 'Since', cell: ({ created }) => <Time at={created} to="date" /> },
        { key: 'tokens', header: 'Active tokens', cell: ({ activeTokens }) => activeTokens },
        { key: 'revoke', header: 'Access', align: 'end', cell: (grant) => <Revoke grant={grant} /> },
      ]}
    />
  );
}

function App({ grant }: { grant: Grant }) {
  return (
    <Stack gap="tight">
      <span>{grant.clientName}</span>
      <details>
        <summary className="field-hint">
          {grant.scopes.length === 1 ? '1 scope' : `${grant.scopes.length} scopes`}
        </summary>
        <ul>
          {grant.scopes.map((scope) => (
            <li key={scope}>
              <code>{scope}</code>
            </li>
          ))}
        </ul>
      </details>
    </Stack>
  );
}

function Revoke({ grant: { clientId, clientName } }: { grant: Grant }) {
  const revoke = useAction(revokeOwnGrant, [listOwnGrants, listOwnSessions]);
  const say = useToast();
  return (
    <ConfirmButton
      small
      title={`Take back the access of ${clientName}?`}
      description="All its tokens stop working at once. It can ask you again."
      confirmLabel="Take back"
      onConfirm={async () => {
        await revoke.mutateAsync({ params: { clientId } });
        say(`${clientName} has no access any more`);
      }}
    >
      Take back
    </ConfirmButton>
  );
}
