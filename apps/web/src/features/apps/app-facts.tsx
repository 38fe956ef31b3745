import { Badge } from '../../ui/badge.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Facts, Section, Stack } from '../../ui/layout.tsx';
import { Time } from '../../ui/time.tsx';
import { AppIcon } from './app-icon.tsx';
import { type App, wordsOfState } from './app-kinds.ts';

const places: Readonly<Record<string, string>> = { meeting: 'meetings', space: 'spaces', sidebar: 'sidebar' };

/** What an app is, with the ids that its program needs. */
export function AppFacts({ app }: { app: App }) {
  const { text, tone } = wordsOfState(app.state);
  return (
    <Section title="About">
      <div className="apps-name">
        <AppIcon app={app} large />
        <Stack gap="tight">
          <span>
            <Badge tone={tone}>{text}</Badge>
          </span>
          {app.description !== '' && <p>{app.description}</p>}
        </Stack>
      </div>
      <Facts
        items={[
          ...particulars(app),
          { name: 'Created', value: <Time at={app.created} /> },
          { name: 'Changed', value: <Time at={app.lastModified} /> },
        ]}
      />
      <Ids app={app} />
    </Section>
  );
}

function particulars({ bot, embedded, serviceApp, integration }: App) {
  if (bot) return [{ name: 'Address', value: bot.email }];
  if (serviceApp) return [{ name: 'Contact', value: serviceApp.contactEmail }];
  if (integration) return [{ name: 'Scopes', value: integration.scopes.join(', ') }];
  if (!embedded) return [];
  return [
    { name: 'Works in', value: embedded.contexts.map((context) => places[context] ?? context).join(', ') },
    { name: 'Start page', value: embedded.startUrl ?? 'none' },
    { name: 'Valid domains', value: embedded.validDomains.join(', ') },
    { name: 'Seen by', value: 'you alone, while it is in development' },
  ];
}

function Ids({ app }: { app: App }) {
  const ids = [
    app.guestIssuer && { label: 'Guest Issuer ID', value: app.guestIssuer.issuerId },
    (app.integration || app.serviceApp) && { label: 'Client ID', value: app.clientId },
    app.bot && { label: 'Bot ID', value: app.bot.personId },
    { label: 'Application ID', value: app.applicationId },
  ];
  return (
    <Stack>{ids.map((id) => id && <CopyField key={id.label} label={id.label} value={id.value} />)}</Stack>
  );
}
