import { getHubOrganization, listDomains } from '@moothall/platform/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Facts, Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { SupportContact } from '../../ui/support-contact.tsx';
import { Time } from '../../ui/time.tsx';
import { together } from '../../ui/together.ts';
import { Domains } from './domains.tsx';
import { SettingsForm } from './settings-form.tsx';

/** The organisation: facts, settings that may be changed, mail domains. */
export default function Organisation() {
  const organization = useRead(getHubOrganization, {});
  const domains = useRead(listDomains, {});
  const reload = async () => (await organization.refetch({ throwOnError: true })).data;
  return (
    <Page title="Organisation" lead="What holds for everybody who belongs to it.">
      <Loaded query={together({ organization, domains })} shape="form">
        {(known) => (
          <Stack gap="loose">
            <OrganizationFacts organization={known.organization} />
            <Section title="Settings">
              <SettingsForm organization={known.organization} reload={reload} />
            </Section>
            <Domains names={known.domains.items.map(({ name }) => name)} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function OrganizationFacts({ organization }: { organization: ReplyOf<typeof getHubOrganization> }) {
  const { profile, isSandbox, created, siteUrl, id } = organization;
  return (
    <Stack>
      <Facts
        items={[
          {
            name: 'Profile',
            value: profile === 'gov' ? 'Government: without bots, integrations and webhooks' : 'Standard',
          },
          { name: 'Kind', value: isSandbox ? <Badge tone="warning">SANDBOX</Badge> : 'Organisation' },
          { name: 'Meeting site', value: siteUrl ?? 'none' },
          { name: 'Since', value: <Time at={created} to="date" /> },
          { name: 'Help', value: <SupportContact /> },
        ]}
      />
      <CopyField label="Organisation id" value={id} />
    </Stack>
  );
}
