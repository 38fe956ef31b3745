import { getPortalWebhook } from '@moothall/platform/contracts';
import { usePathText } from '../../app/use-search.ts';
import { useRead } from '../../data/use-operation.ts';
import { Facts, Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { Deliveries } from './deliveries.tsx';
import { Creator, type Webhook as KnownWebhook, WebhookStatus } from './webhooks.tsx';

/** One webhook: what it tells of, and what became of each delivery. */
export default function Webhook() {
  const id = usePathText('id');
  const webhook = useRead(getPortalWebhook, { params: { id } });
  return (
    <Page title={webhook.data?.name ?? 'Webhook'} back={{ to: '/webhooks', label: 'Webhooks' }}>
      <Loaded query={webhook} shape="table">
        {(known) => <Details webhook={known} />}
      </Loaded>
    </Page>
  );
}

function Details({ webhook }: { webhook: KnownWebhook }) {
  return (
    <Stack gap="loose">
      {webhook.status === 'inactive' && (
        <Notice tone="warning" title="It delivers nothing any more">
          <p>
            Its target failed too often. When the target answers again, set status to active with “Update a
            webhook”.
          </p>
        </Notice>
      )}
      <Facts
        items={[
          { name: 'Target', value: <code>{webhook.targetUrl}</code> },
          { name: 'Tells of', value: `${webhook.resource} ${webhook.event}` },
          { name: 'Filter', value: webhook.filter === undefined ? 'none' : <code>{webhook.filter}</code> },
          { name: 'Status', value: <WebhookStatus status={webhook.status} /> },
          {
            name: 'Signature',
            value: webhook.signed ? 'every delivery is signed' : 'none: it has no secret',
          },
          { name: 'Made by', value: <Creator creator={webhook.creator} /> },
          { name: 'Since', value: <Time at={webhook.created} /> },
        ]}
      />
      <Section title="Deliveries">
        <Deliveries webhook={webhook} />
      </Section>
    </Stack>
  );
}
