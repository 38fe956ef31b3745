import { authorizeServiceApp, listServiceApps, revokeServiceApp } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction, useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Card, Facts, Row, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Tone } from '../../ui/tones.ts';
import { Guarded } from '../administration/guarded.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';

type ServiceApp = ReplyOf<typeof listServiceApps>['items'][number];

const states: Readonly<Record<ServiceApp['state'], { text: string; tone: Tone }>> = {
  requested: { text: 'Asks to be authorised', tone: 'warning' },
  authorized: { text: 'Authorised', tone: 'success' },
  revoked: { text: 'Revoked', tone: 'neutral' },
};

/** Service apps that ask to act in the organisation, or were allowed to. */
export function ServiceApps() {
  const apps = useRead(listServiceApps, {});
  const { lacksFull } = useAdministrator();
  return (
    <Loaded query={apps} needs="the role of a full administrator or read-only administrator">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="No service app asks for anything">
            A service app acts in your organisation by itself, without a person. Its developer asks for that,
            and you decide here.
          </EmptyState>
        ) : (
          <Guarded reason={lacksFull}>
            <Stack>
              {items.map((app) => (
                <ServiceAppCard key={app.id} app={app} />
              ))}
            </Stack>
          </Guarded>
        )
      }
    </Loaded>
  );
}

function ServiceAppCard({ app }: { app: ServiceApp }) {
  const { text, tone } = states[app.state];
  const isNew = app.scopes.some(({ authorized }) => !authorized);
  return (
    <Card>
      <Row apart>
        <h2>{app.name}</h2>
        <Badge tone={tone}>{text}</Badge>
      </Row>
      {app.description !== '' && <p>{app.description}</p>}
      <Facts items={factsOf(app)} />
      <h3>It {app.state === 'authorized' ? 'may' : 'asks to be allowed to'}</h3>
      <Scopes app={app} />
      <Row>
        {(app.state !== 'authorized' || isNew) && <Authorize app={app} />}
        {app.state === 'authorized' && <Revoke app={app} />}
        {app.state === 'requested' && <Revoke app={app} />}
      </Row>
    </Card>
  );
}

function factsOf({ developer, requested, decided, decidedBy }: ServiceApp) {
  const from = [developer.organization, developer.email].filter(Boolean).join(', ');
  return [
    { name: 'Developer', value: from },
    ...(requested === undefined ? [] : [{ name: 'Asked', value: <Time at={requested} /> }]),
    ...(decided === undefined
      ? []
      : [
          {
            name: 'Decided',
            value: (
              <>
                <Time at={decided} />
                {decidedBy !== undefined && ` by ${decidedBy}`}
              </>
            ),
          },
        ]),
  ];
}

function Scopes({ app: { scopes, state } }: { app: ServiceApp }) {
  return (
    <ul className="hub-apps-scopes">
      {scopes.map(({ name, words, authorized }) => (
        <li key={name} className="hub-apps-name">
          <span>
            {words} {state === 'authorized' && !authorized && <Badge tone="warning">Not allowed yet</Badge>}
          </span>
          <code className="field-hint">{name}</code>
        </li>
      ))}
    </ul>
  );
}

function Authorize({ app }: { app: ServiceApp }) {
  const authorize = useAction(authorizeServiceApp, [listServiceApps]);
  const say = useToast();
  return (
    <ConfirmButton
      buttonVariant="primary"
      variant="primary"
      title={`Authorise ${app.name}?`}
      description={
        <>
          <p>It acts in your organisation by itself, without a person. It will be able to:</p>
          <ul>
            {app.scopes.map(({ name, words }) => (
              <li key={name}>{words}</li>
            ))}
          </ul>
        </>
      }
      confirmLabel="Authorise"
      onConfirm={async () => {
        await authorize.mutateAsync({ params: { id: app.id }, body: { version: app.version } });
        say(`${app.name} is authorised`);
      }}
    >
      {app.state === 'authorized' ? 'Authorise what is new' : 'Authorise'}
    </ConfirmButton>
  );
}

function Revoke({ app }: { app: ServiceApp }) {
  const revoke = useAction(revokeServiceApp, [listServiceApps]);
  const say = useToast();
  const isRequest = app.state === 'requested';
  return (
    <ConfirmButton
      title={isRequest ? `Decline ${app.name}?` : `Revoke ${app.name}?`}
      description={
        isRequest
          ? 'It gets no access. Its developer can ask again.'
          : 'All its tokens of your organisation stop working at once. Its developer can ask again.'
      }
      confirmLabel={isRequest ? 'Decline' : 'Revoke'}
      onConfirm={async () => {
        await revoke.mutateAsync({ params: { id: app.id } });
        say(isRequest ? `${app.name} was declined` : `${app.name} has no access any more`);
      }}
    >
      {isRequest ? 'Decline' : 'Revoke'}
    </ConfirmButton>
  );
}
