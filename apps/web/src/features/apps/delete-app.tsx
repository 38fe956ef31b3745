import { deleteApp, listApps, listScopes } from '@moothall/platform/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useAction } from '../../data/use-operation.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Section } from '../../ui/layout.tsx';
import { useToast } from '../../ui/toast.tsx';
import { type App, type AppKind, appKinds } from './app-kinds.ts';

const lost: Record<AppKind, string> = {
  bot: 'Its account ends: it leaves all spaces, its token and webhooks stop, and nobody can take its username again. What it wrote stays.',
  integration: 'What people allowed it is revoked: its tokens stop at once.',
  service_app: 'Every organisation loses it, and its tokens stop at once.',
  guest_issuer: 'No guests can be signed in with it any more.',
  embedded: 'It disappears wherever it is shown.',
};

/** Deletes an app, after its name was typed. */
export function DeleteApp({ app }: { app: App }) {
  const remove = useAction(deleteApp, [listApps, listScopes]);
  const navigate = useNavigate();
  const say = useToast();
  return (
    <Section title="Delete" lead={`${lost[app.type]} This cannot be taken back.`}>
      <p>
        <ConfirmButton
          buttonVariant="danger"
          title={`Delete ${app.name}?`}
          description={`${lost[app.type]} This cannot be taken back.`}
          typed={app.name}
          confirmLabel={`Delete ${appKinds[app.type].name.toLowerCase()}`}
          onConfirm={async () => {
            await remove.mutateAsync({ params: { id: app.id } });
            await navigate({ to: '/apps' });
            say(`${app.name} was deleted`);
          }}
        >
          Delete this app
        </ConfirmButton>
      </p>
    </Section>
  );
}
