import { getApp, listApps, regenerateSecret, regenerateToken } from '@moothall/platform/contracts';
import { useAction } from '../../data/use-operation.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Section } from '../../ui/layout.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { App, AppKind } from './app-kinds.ts';
import { keepFresh } from './fresh-secrets.ts';

const words: Partial<Record<AppKind, { name: string; title: string; lead: string; ends: string }>> = {
  bot: {
    name: 'access token',
    title: 'Access token',
    lead: 'The bot calls the API with it. It does not expire, and it is not shown again.',
    ends: 'The token that the bot uses now stops working at once: put the new one in its place.',
  },
  integration: {
    name: 'client secret',
    title: 'Client secret',
    lead: 'Your program proves with it who it is when it asks for tokens. It is not shown again.',
    ends: 'The secret that your program uses now stops working at once. Tokens that it holds go on until they expire.',
  },
  service_app: {
    name: 'client secret',
    title: 'Client secret',
    lead: 'Your program proves with it who it is when it asks for tokens. It is not shown again.',
    ends: 'The secret that your program uses now stops working at once. Tokens that it holds go on until they expire.',
  },
  guest_issuer: {
    name: 'shared secret',
    title: 'Shared secret',
    lead: 'Your server signs guests in with it. It is not shown again.',
    ends: 'What is signed with the secret of now is refused at once. Guests who are in stay in.',
  },
};

/** Makes the secret or token of an app anew. */
export function Credentials({ app }: { app: App }) {
  const isBot = app.type === 'bot';
  const renew = useAction(isBot ? regenerateToken : regenerateSecret, [getApp, listApps]);
  const say = useToast();
  const of = words[app.type];
  if (!of) return null;
  return (
    <Section title={of.title} lead={of.lead}>
      <p>
        <ConfirmButton
          title={`Make a new ${of.name}?`}
          description={of.ends}
          confirmLabel={`Make a new ${of.name}`}
          onConfirm={async () => {
            const { secret } = await renew.mutateAsync({ params: { id: app.id } });
            keepFresh(app.id, { isNew: false, secret });
            say(`The new ${of.name} stands at the top of the page`);
            window.scrollTo({ top: 0 });
          }}
        >
          Make a new {of.name}
        </ConfirmButton>
      </p>
    </Section>
  );
}
