import './hub-apps.css';
import { getHubOrganization } from '@moothall/platform/contracts';
import { useSearchState } from '../../app/use-search-state.ts';
import { useRead } from '../../data/use-operation.ts';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Bots } from './bots.tsx';
import { Integrations } from './integrations.tsx';
import { ServiceApps } from './service-apps.tsx';

/** Which integrations, bots and service apps the organisation lets in. */
export default function HubApps() {
  const [{ tab = 'integrations' }, setSearch] = useSearchState(['tab', 'q']);
  const organization = useRead(getHubOrganization, {});
  return (
    <Page title="Apps" lead="Decide what apps may do in your organisation.">
      <Loaded query={organization} shape="table">
        {({ profile }) => (
          <Stack>
            {profile === 'gov' && (
              <Notice tone="info" title="Your organisation has the gov profile">
                <p>
                  Bots, integrations and webhooks are not available: nobody can create, add or authorise one.
                </p>
              </Notice>
            )}
            <Tabs
              label="Kinds of apps"
              value={tab}
              onChange={(next) => setSearch({ tab: next === 'integrations' ? '' : next, q: '' })}
              tabs={[
                { value: 'integrations', label: 'Integrations', content: <Integrations /> },
                { value: 'bots', label: 'Bots', content: <Bots /> },
                { value: 'service-apps', label: 'Service apps', content: <ServiceApps /> },
              ]}
            />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
