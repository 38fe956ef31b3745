import { labPages } from '@moothall/lab/contracts';
import { useSearchState } from '../../app/use-search-state.ts';
import { useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Field } from '../../ui/field.tsx';
import { Select, TextInput } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { EmptyState } from '../../ui/states.tsx';
import type { Tone } from '../../ui/tones.ts';
import { ClockTime } from './clock-time.tsx';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import type { LabDelivery } from './lab-types.ts';
import { LiveList } from './live-list.tsx';

const tones: Readonly<Record<LabDelivery['state'], Tone>> = {
  done: 'success',
  pending: 'info',
  dead: 'danger',
};
const states = [
  { value: '', label: 'all' },
  { value: 'done', label: 'delivered' },
  { value: 'pending', label: 'under way' },
  { value: 'dead', label: 'given up' },
];
const READ_EVERY_MS = 2000;

/** The webhook deliveries of the whole lab, newest first. */
export function DeliveriesTab({ paused }: { paused: boolean }) {
  const [{ state, text = '', show }, change] = useSearchState(['state', 'text', 'show']);
  const known = state === 'done' || state === 'pending' || state === 'dead' ? state : undefined;
  const query = useRead(
    labPages.listDeliveries,
    { query: { max: 500, ...(known && { state: known }) } },
    paused ? {} : { refetchIntervalMs: READ_EVERY_MS },
  );
  return (
    <Stack>
      <search className="inspector-filters">
        <Field label="State" optional>
          <Select
            options={states}
            value={known ?? ''}
            onChange={(event) => change({ state: event.target.value })}
          />
        </Field>
        <Field label="Text" optional>
          <TextInput
            type="search"
            value={text}
            onChange={(event) => change({ text: event.target.value }, { replace: true })}
          />
        </Field>
      </search>
      <Loaded query={query} shape="table">
        {({ items }) => (
          <>
            <List
              deliveries={items.filter((item) => has(item, text))}
              onOpen={(id) => change({ show: id })}
            />
            <DeliveryDrawer
              delivery={items.find(({ id }) => id === show)}
              onClose={() => change({ show: undefined })}
            />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function has({ request, resource, event, trackingId }: LabDelivery, text: string): boolean {
  return [request.url, resource, event, trackingId].join(' ').toLowerCase().includes(text.toLowerCase());
}

function List({ deliveries, onOpen }: { deliveries: readonly LabDelivery[]; onOpen: (id: string) => void }) {
  if (deliveries.length === 0)
    return (
      <EmptyState title="No deliveries">
        <p>They are listed here as soon as something happens that a webhook tells of.</p>
      </EmptyState>
    );
  return (
    <LiveList
      label="Webhook deliveries, newest first"
      rows={deliveries}
      rowKey={({ id }) => id}
      onOpen={({ id }) => onOpen(id)}
    >
      {({ state, resource, event, created, request, tries }) => (
        <>
          <span className="live-list-main">
            <Badge tone={tones[state]}>{tries.at(-1)?.status ?? state}</Badge>
            <span className="live-list-fill">{request.url}</span>
          </span>
          <span className="live-list-more">
            <ClockTime at={created} />
            <span className="live-list-fill">
              {resource} {event}, {tries.length === 1 ? '1 try' : `${tries.length} tries`}
            </span>
          </span>
        </>
      )}
    </LiveList>
  );
}
