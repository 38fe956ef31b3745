import './webhooks.css';
import { listPortalDeliveries } from '@moothall/platform/contracts';
import { useSearchState } from '../../app/use-search-state.ts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { usePages } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import type { Tone } from '../../ui/tones.ts';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import type { Webhook } from './webhooks.tsx';

type Delivery = ReplyOf<typeof listPortalDeliveries>['items'][number];
type DeliveryState = Delivery['state'];

const states: Readonly<Record<DeliveryState, { label: string; tone: Tone }>> = {
  done: { label: 'delivered', tone: 'success' },
  pending: { label: 'under way', tone: 'info' },
  dead: { label: 'given up', tone: 'danger' },
};

function stateOf(text: string | undefined): DeliveryState | undefined {
  return text !== undefined && text in states ? (text as DeliveryState) : undefined;
}

/** What a webhook delivered, newest first, narrowed to a state where wanted. */
export function Deliveries({ webhook: { id } }: { webhook: Webhook }) {
  const [search, change] = useSearchState(['state', 'delivery']);
  const state = stateOf(search.state);
  const deliveries = usePages(listPortalDeliveries, { params: { id }, query: { ...(state && { state }) } });
  const items = deliveries.data?.pages.flatMap(({ reply }) => reply.items);
  return (
    <Stack>
      <div className="webhooks-filter">
        <Field label="State" optional>
          <Select
            options={[
              { value: '', label: 'all' },
              ...Object.entries(states).map(([value, { label }]) => ({ value, label })),
            ]}
            value={state ?? ''}
            onChange={(event) => change({ state: event.target.value })}
          />
        </Field>
        <Button busy={deliveries.isRefetching} onClick={() => void deliveries.refetch()}>
          Read again
        </Button>
      </div>
      <Loaded query={{ ...deliveries, data: items }} shape="table">
        {(known) => <List deliveries={known} isNarrowed={state !== undefined} />}
      </Loaded>
      {deliveries.hasNextPage && (
        <p>
          <Button busy={deliveries.isFetchingNextPage} onClick={() => void deliveries.fetchNextPage()}>
            Show more
          </Button>
        </p>
      )}
      <DeliveryDrawer
        webhookId={id}
        deliveryId={search.delivery}
        onChange={(delivery) => change({ delivery })}
      />
    </Stack>
  );
}

function List({ deliveries, isNarrowed }: { deliveries: readonly Delivery[]; isNarrowed: boolean }) {
  const [, change] = useSearchState(['delivery']);
  if (deliveries.length === 0)
    return (
      <EmptyState title={isNarrowed ? 'None in this state' : 'Nothing was delivered yet'}>
        <p>A delivery is listed here as soon as something happens that the webhook tells of.</p>
      </EmptyState>
    );
  return (
    <Table
      caption={`${deliveries.length} shown, newest first`}
      rows={deliveries}
      rowKey={({ id }) => id}
      columns={[
        { key: 'created', header: 'When', cell: ({ created }) => <Time at={created} /> },
        { key: 'event', header: 'Event', cell: ({ resource, event }) => `${resource} ${event}` },
        { key: 'state', header: 'State', cell: (delivery) => <State delivery={delivery} /> },
        { key: 'answer', header: 'Answer', cell: answerText },
        { key: 'tries', header: 'Tries', cell: ({ tries }) => tries },
        {
          key: 'show',
          header: 'Details',
          align: 'end',
          cell: ({ id }) => (
            <Button small onClick={() => change({ delivery: id })}>
              Show
            </Button>
          ),
        },
      ]}
    />
  );
}

function answerText({ status, durationMs }: Delivery): string {
  if (durationMs === undefined) return 'not tried yet';
  return `${status ?? 'no answer'} in ${Math.round(durationMs)} ms`;
}

function State({ delivery: { state, redeliveryOf } }: { delivery: Delivery }) {
  return (
    <>
      <Badge tone={states[state].tone}>{states[state].label}</Badge>{' '}
      {redeliveryOf !== undefined && <Badge>again</Badge>}
    </>
  );
}
