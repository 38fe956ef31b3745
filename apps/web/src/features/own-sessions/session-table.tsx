import { endOwnSession, listOwnGrants, listOwnSessions } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Stack } from '../../ui/layout.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';

type Session = ReplyOf<typeof listOwnSessions>['items'][number];

const kinds: Record<Session['kind'], string> = {
  browser: 'Browser',
  site: 'Site',
  personal: 'Personal token',
  integration: 'Integration',
  bot: 'Bot',
  guest_issuer: 'Guest',
  service_app: 'Service app',
  embedded: 'Embedded app',
};

/** Sessions and tokens, newest first, each with its end. */
export function SessionTable({ sessions }: { sessions: readonly Session[] }) {
  if (sessions.length === 0) return <EmptyState title="Nothing is signed in as you" />;
  return (
    <Table
      caption={`${sessions.length} shown, newest first`}
      rows={sessions}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', header: 'What', cell: (session) => <What session={session} /> },
        { key: 'created', header: 'Since', cell: ({ created }) => <Time at={created} /> },
        {
          key: 'used',
          header: 'Last used',
          cell: ({ lastUsed }) => (lastUsed === undefined ? 'not yet' : <Time at={lastUsed} />),
        },
        {
          key: 'expires',
          header: 'Ends',
          cell: ({ expires }) => (expires === undefined ? 'never' : <Time at={expires} />),
        },
        { key: 'end', header: 'End', align: 'end', cell: (session) => <EndSession session={session} /> },
      ]}
    />
  );
}

function What({ session }: { session: Session }) {
  const where = [session.userAgent, session.ip].filter(Boolean).join(' · ');
  return (
    <Stack gap="tight">
      <span>
        {session.clientName} {session.current && <Badge tone="success">This browser</Badge>}
      </span>
      <span className="field-hint">
        {kinds[session.kind]}
        {where !== '' && ` · ${where}`}
      </span>
    </Stack>
  );
}

function EndSession({ session }: { session: Session }) {
  const end = useAction(endOwnSession, [listOwnSessions, listOwnGrants]);
  const say = useToast();
  return (
    <ConfirmButton
      small
      title={`End ${session.clientName}?`}
      description={
        session.current
          ? 'This is the browser that you look at: you will be signed out.'
          : 'It stops working at once; an app that had a refresh token must ask you again.'
      }
      confirmLabel="End session"
      onConfirm={async () => {
        await end.mutateAsync({ params: { id: session.id } });
        say(`${session.clientName} was ended`);
      }}
    >
      End session
    </ConfirmButton>
  );
}
