import { listPortalWebhooks } from '@moothall/platform/contracts';
import { Link } from '@tanstack/react-router';
import type { ReplyOf } from '../../data/operation-input.ts';
import { usePages } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';

/** A webhook of the reader or of a bot of theirs. */
export type Webhook = ReplyOf<typeof listPortalWebhooks>['items'][number];

/** The webhooks of the reader and of their bots. */
export default function Webhooks() {
  const webhooks = usePages(listPortalWebhooks, {});
  const items = webhooks.data?.pages.flatMap(({ reply }) => reply.items);
  return (
    <Page
      title="Webhooks"
      lead="Yours and those of your bots, with what was delivered to each."
      actions={<Create />}
    >
      <Loaded query={{ ...webhooks, data: items }} shape="table">
        {(known) => (known.length === 0 ? <None /> : <List webhooks={known} />)}
      </Loaded>
      {webhooks.hasNextPage && (
        <p>
          <Button busy={webhooks.isFetchingNextPage} onClick={() => void webhooks.fetchNextPage()}>
            Show more
          </Button>
        </p>
      )}
    </Page>
  );
}

function Create() {
  return (
    <LinkButton to="/try" search={{ operation: 'webhooks.create' }}>
      Create webhook
    </LinkButton>
  );
}

function None() {
  return (
    <EmptyState title="No webhooks yet" action={<Create />}>
      <p>
        A webhook tells a server of yours when something happens: a message is posted, somebody joins a space.
        Create one as yourself, or with the token of a bot.
      </p>
    </EmptyState>
  );
}

function List({ webhooks }: { webhooks: readonly Webhook[] }) {
  return (
    <Table
      caption={`${webhooks.length} shown, newest first`}
      rows={webhooks}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', header: 'Name', cell: (webhook) => <Name webhook={webhook} /> },
        { key: 'what', header: 'Tells of', cell: ({ resource, event }) => `${resource} ${event}` },
        { key: 'owner', header: 'Made by', cell: ({ creator }) => <Creator creator={creator} /> },
        { key: 'status', header: 'Status', cell: ({ status }) => <WebhookStatus status={status} /> },
      ]}
    />
  );
}

function Name({ webhook: { id, name, targetUrl } }: { webhook: Webhook }) {
  return (
    <Stack gap="tight">
      <Link to={`/webhooks/${id}`}>{name}</Link>
      <span className="field-hint">{targetUrl}</span>
    </Stack>
  );
}

/** Who made a webhook; bots are marked. */
export function Creator({ creator: { displayName, type } }: Pick<Webhook, 'creator'>) {
  return (
    <>
      {displayName} {type === 'bot' && <Badge>bot</Badge>}
    </>
  );
}

/** Whether a webhook delivers. */
export function WebhookStatus({ status }: Pick<Webhook, 'status'>) {
  return <Badge tone={status === 'active' ? 'success' : 'warning'}>{status}</Badge>;
}
