import './hub-overview.css';
import { Badge } from '../../ui/badge.tsx';
import { Card, Grid, Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { wordsOfKind } from '../administration/app-words.ts';
import { Attention } from './attention.tsx';
import { Figure } from './figure.tsx';
import { LastChanges } from './last-changes.tsx';
import { type OverviewData, type OverviewReply, useOverview } from './use-overview.ts';

/** The first page of the administration: counts, what waits for the reader, and what was done last. */
export default function HubOverview() {
  return (
    <Page title="Administration" lead="Look after the people, licences and apps of your organisation.">
      <Loaded query={useOverview()}>
        {(data) => (
          <Stack gap="loose">
            <OrganizationFacts data={data} />
            <Attention data={data} />
            <People people={data.overview.people} />
            <Licenses licenses={data.overview.licenses} />
            <Apps apps={data.overview.apps} />
            {data.audit && <LastChanges audit={data.audit} />}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function OrganizationFacts({ data: { overview, organization } }: { data: OverviewData }) {
  return (
    <Stack>
      <p className="hub-overview-organization">
        {overview.organization.displayName}{' '}
        {overview.organization.isSandbox && <Badge tone="warning">SANDBOX</Badge>}
        {organization.profile === 'gov' && <Badge tone="info">Government profile</Badge>}
      </p>
      {overview.organization.isSandbox && (
        <Notice tone="warning">
          <p>This is a developer sandbox: an organisation to try things in, apart from every other one.</p>
        </Notice>
      )}
      {organization.profile === 'gov' && (
        <Notice tone="info">
          <p>Bots, integrations and webhooks are not available in an organisation of the gov profile.</p>
        </Notice>
      )}
    </Stack>
  );
}

function People({ people }: { people: OverviewReply['people'] }) {
  return (
    <Section title="People">
      <ul className="hub-overview-figures">
        <Figure value={people.total} label="in all" to="/users" />
        <Figure value={people.active} label="active" to="/users" search={{ status: 'active' }} />
        <Figure
          value={people.pending}
          label="invited, not here yet"
          to="/users"
          search={{ status: 'pending' }}
        />
        <Figure value={people.inactive} label="deactivated" to="/users" search={{ status: 'inactive' }} />
      </ul>
    </Section>
  );
}

function Licenses({ licenses }: { licenses: OverviewReply['licenses'] }) {
  return (
    <Section title="Licences in use">
      {licenses.length === 0 ? (
        <EmptyState title="The organisation has no licences" />
      ) : (
        <Grid>
          {licenses.map(({ id, name, consumedUnits, totalUnits }) => (
            <Card key={id}>
              <Meter label={name} value={consumedUnits} max={totalUnits} />
            </Card>
          ))}
        </Grid>
      )}
    </Section>
  );
}

function Apps({ apps }: { apps: OverviewReply['apps'] }) {
  return (
    <Section title="Apps of this organisation">
      {apps.length === 0 ? (
        <EmptyState title="There are no apps yet">People make them in the developer portal.</EmptyState>
      ) : (
        <ul className="hub-overview-figures">
          {apps.map(({ kind, count }) => (
            <Figure key={kind} value={count} label={wordsOfKind(kind, count).toLowerCase()} />
          ))}
        </ul>
      )}
    </Section>
  );
}
