import { changePolicy, declineRequest, listIntegrations, listRequests } from '@moothall/platform/contracts';
import type { ReactNode } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction, useClient } from '../../data/use-operation.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Section } from '../../ui/layout.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import { findIntegration } from './find-integration.ts';

type Request = ReplyOf<typeof listRequests>['items'][number];

/** People who ask for an integration that is blocked; nothing is shown where nobody does. */
export function IntegrationRequests({ requests, more }: { requests: readonly Request[]; more: ReactNode }) {
  const { lacksFull } = useAdministrator();
  if (requests.length === 0) return null;
  return (
    <Section title="Requests" lead="People who want an integration that is blocked for them.">
      <Guarded reason={lacksFull}>
        <Table
          caption={`${requests.length} shown, oldest first`}
          rows={requests}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'person',
              header: 'Person',
              cell: ({ person }) => (
                <span className="hub-apps-name">
                  <span>{person.displayName}</span>
                  <span className="field-hint">{person.email}</span>
                </span>
              ),
            },
            { key: 'app', header: 'Integration', cell: ({ name }) => name },
            { key: 'since', header: 'Asked', cell: ({ created }) => <Time at={created} /> },
            {
              key: 'answer',
              header: 'Answer',
              align: 'end',
              cell: (request) => (
                <div className="hub-apps-actions">
                  <Allow request={request} />
                  <Decline request={request} />
                </div>
              ),
            },
          ]}
        />
      </Guarded>
      {more}
    </Section>
  );
}

function Allow({ request }: { request: Request }) {
  const { name, clientId, person } = request;
  const client = useClient();
  const change = useAction(changePolicy, [listIntegrations, listRequests]);
  const say = useToast();
  const allow = async () => {
    const { policy } = await findIntegration(client, request);
    const others = policy.mode === 'selected' ? policy.personIds : [];
    await change.mutateAsync({
      params: { clientId },
      body: { mode: 'selected', personIds: [...others, person.id], version: policy.version },
    });
    say(`${person.displayName} may use ${name}`);
  };
  return (
    <ConfirmButton
      small
      title={`Allow ${name} for ${person.displayName}?`}
      description="They can authorise it from now on. To allow it for everybody, change the access of the integration."
      confirmLabel="Allow"
      variant="primary"
      onConfirm={allow}
    >
      Allow
    </ConfirmButton>
  );
}

function Decline({ request: { id, name, person } }: { request: Request }) {
  const decline = useAction(declineRequest, [listIntegrations, listRequests]);
  const say = useToast();
  return (
    <ConfirmButton
      small
      title={`Decline ${name} for ${person.displayName}?`}
      description="It stays blocked for them. They can ask again."
      confirmLabel="Decline"
      onConfirm={async () => {
        await decline.mutateAsync({ params: { id } });
        say(`The request of ${person.displayName} was declined`);
      }}
    >
      Decline
    </ConfirmButton>
  );
}
