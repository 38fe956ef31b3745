import {
  changeUser,
  deleteUser,
  getOverview,
  inviteUserAgain,
  listUsers,
} from '@moothall/platform/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useAction } from '../../data/use-operation.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Facts, Section, Stack } from '../../ui/layout.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import { StatusBadge, type User } from './status.tsx';
import { changedWithUser, useLackFor } from './use-user-draft.ts';
import { OwnershipWarning } from './user-apps.tsx';

/** Whether somebody may sign in, and the end of their account. */
export function UserAccount({ user }: { user: User }) {
  const { personId } = useAdministrator();
  const lack = useLackFor(user);
  const own =
    personId === user.id ? 'This is you: ask another administrator to deactivate or delete you.' : undefined;
  return (
    <Stack gap="loose">
      <Facts
        items={[
          { name: 'Status', value: <StatusBadge status={user.status} /> },
          { name: 'Added', value: <Time at={user.created} /> },
          {
            name: 'Last active',
            value: user.lastActivity === undefined ? 'not yet' : <Time at={user.lastActivity} />,
          },
        ]}
      />
      <OwnershipWarning user={user} />
      <Guarded reason={lack ?? own}>
        <Stack gap="loose">
          {user.status === 'pending' && <InviteAgain user={user} />}
          {user.loginEnabled ? <Deactivate user={user} /> : <Reactivate user={user} />}
          <Delete user={user} />
        </Stack>
      </Guarded>
    </Stack>
  );
}

function InviteAgain({ user }: { user: User }) {
  const invite = useAction(inviteUserAgain, changedWithUser);
  const say = useToast();
  return (
    <Section title="Invitation" lead="They have not come yet.">
      <p>
        <ConfirmButton
          title={`Invite ${user.displayName} again?`}
          description={`A new link is sent to ${user.email}.`}
          confirmLabel="Send the link"
          variant="primary"
          onConfirm={async () => {
            await invite.mutateAsync({ params: { personId: user.id } });
            say(`A new invitation is on its way to ${user.email}`);
          }}
        >
          Invite again
        </ConfirmButton>
      </p>
    </Section>
  );
}

function Deactivate({ user }: { user: User }) {
  const change = useAction(changeUser, changedWithUser);
  const say = useToast();
  return (
    <Section title="Deactivate" lead="They keep their place, but cannot sign in until you let them again.">
      <p>
        <ConfirmButton
          title={`Deactivate ${user.displayName}?`}
          description={
            <>
              <p>Their sessions and tokens end at once, for good. What they wrote stays.</p>
              {user.ownershipWarning !== undefined && (
                <p>
                  <strong>{user.ownershipWarning}</strong> The apps go on working without them.
                </p>
              )}
            </>
          }
          confirmLabel="Deactivate"
          onConfirm={async () => {
            const { version } = user;
            await change.mutateAsync({
              params: { personId: user.id },
              body: { version, loginEnabled: false },
            });
            say(`${user.displayName} was deactivated`);
          }}
        >
          Deactivate
        </ConfirmButton>
      </p>
    </Section>
  );
}

function Reactivate({ user }: { user: User }) {
  const change = useAction(changeUser, changedWithUser);
  const say = useToast();
  return (
    <Section title="Reactivate" lead="They can sign in again. Sessions and tokens from before stay ended.">
      <p>
        <ConfirmButton
          title={`Reactivate ${user.displayName}?`}
          description="They can sign in again with their password or a link."
          confirmLabel="Reactivate"
          variant="primary"
          onConfirm={async () => {
            const { version } = user;
            await change.mutateAsync({
              params: { personId: user.id },
              body: { version, loginEnabled: true },
            });
            say(`${user.displayName} can sign in again`);
          }}
        >
          Reactivate
        </ConfirmButton>
      </p>
    </Section>
  );
}

function Delete({ user }: { user: User }) {
  const remove = useAction(deleteUser, [listUsers, getOverview]);
  const navigate = useNavigate();
  const say = useToast();
  return (
    <Section title="Delete" lead="Their account is gone for good.">
      <p>
        <ConfirmButton
          buttonVariant="danger"
          title={`Delete ${user.displayName}?`}
          description={
            <>
              <p>This cannot be taken back. What they wrote keeps their name.</p>
              {user.ownershipWarning !== undefined && (
                <p>
                  <strong>{user.ownershipWarning}</strong>
                </p>
              )}
            </>
          }
          confirmLabel="Delete for good"
          typed={user.email}
          onConfirm={async () => {
            await remove.mutateAsync({ params: { personId: user.id } });
            say(`${user.displayName} was deleted`);
            await navigate({ to: '/users' });
          }}
        >
          Delete
        </ConfirmButton>
      </p>
    </Section>
  );
}
