import { getApp, listApps, listOwnAuthorizations, requestAuthorization } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction, useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Section } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { App } from './app-kinds.ts';
import { OrgTokens } from './org-tokens.tsx';

type Authorization = ReplyOf<typeof listOwnAuthorizations>['items'][number];

const states = {
  requested: { text: 'Requested', tone: 'info' },
  authorized: { text: 'Authorised', tone: 'success' },
  revoked: { text: 'Revoked', tone: 'warning' },
} as const;

/** Organisations that were asked to authorise a service app, with what they decided. */
export function OrgAuthorizations({ app }: { app: App }) {
  const organizations = useRead(listOwnAuthorizations, { params: { id: app.id } });
  return (
    <Section
      title="Organisations"
      lead="A service app acts in an organisation once a full administrator there has authorised it."
    >
      <Loaded query={organizations} shape="table">
        {({ items }) => (items.length === 0 ? <NoneAsked app={app} /> : <Asked app={app} items={items} />)}
      </Loaded>
    </Section>
  );
}

function NoneAsked({ app }: { app: App }) {
  return (
    <EmptyState title="Nobody was asked yet" action={<RequestButton app={app} />}>
      <p>Your administrators find the request under Administration, Apps. They see the scopes and decide.</p>
    </EmptyState>
  );
}

function Asked({ app, items }: { app: App; items: readonly Authorization[] }) {
  return (
    <>
      <Table
        caption={items.length === 1 ? 'One organisation' : `${items.length} organisations`}
        rows={items}
        rowKey={({ orgId }) => orgId}
        columns={[
          { key: 'org', header: 'Organisation', cell: ({ organization }) => organization },
          {
            key: 'state',
            header: 'State',
            cell: ({ state }) => <Badge tone={states[state].tone}>{states[state].text}</Badge>,
          },
          {
            key: 'when',
            header: 'Since',
            cell: ({ decided, requested }) => {
              const since = decided ?? requested;
              return since === undefined ? '' : <Time at={since} />;
            },
          },
          {
            key: 'tokens',
            header: 'Tokens',
            align: 'end',
            cell: ({ state, orgId, organization }) =>
              state === 'authorized' ? (
                <OrgTokens app={app} orgId={orgId} organization={organization} />
              ) : (
                'not yet'
              ),
          },
        ]}
      />
      <p>
        <RequestButton app={app} />
      </p>
    </>
  );
}

function RequestButton({ app }: { app: App }) {
  const request = useAction(requestAuthorization, [listOwnAuthorizations, getApp, listApps]);
  const say = useToast();
  return (
    <ConfirmButton
      variant="primary"
      title="Request authorisation?"
      description="The full administrators of your organisation see the app with its scopes, and can authorise it. Ask again after you have added scopes."
      confirmLabel="Request authorisation"
      onConfirm={async () => {
        const { state } = await request.mutateAsync({ params: { id: app.id }, body: {} });
        say(state === 'authorized' ? 'It is authorised already' : 'Your administrators were asked');
      }}
    >
      Request authorisation
    </ConfirmButton>
  );
}
