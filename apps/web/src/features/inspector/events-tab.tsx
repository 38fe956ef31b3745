import { labPages } from '@moothall/lab/contracts';
import { useSearchState } from '../../app/use-search-state.ts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Facts, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { ClockTime } from './clock-time.tsx';
import { LiveList } from './live-list.tsx';

type LabEvent = ReplyOf<typeof labPages.listEvents>['items'][number];

const READ_EVERY_MS = 2000;

/** The last events of the log, newest first: every change of the world, and which request caused it. */
export function EventsTab({ paused }: { paused: boolean }) {
  const [{ text = '', show }, change] = useSearchState(['text', 'show']);
  const query = useRead(
    labPages.listEvents,
    { query: { max: 1000 } },
    paused ? {} : { refetchIntervalMs: READ_EVERY_MS },
  );
  return (
    <Stack>
      <search className="inspector-filters">
        <Field label="Text" optional hint="Resource, event, person or tracking id.">
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
            <List events={items.filter((item) => has(item, text))} onOpen={(id) => change({ show: id })} />
            <Details
              event={items.find(({ id }) => id === show)}
              onClose={() => change({ show: undefined })}
            />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function has({ resource, event, person, trackingId, dataId }: LabEvent, text: string): boolean {
  return [resource, event, person, trackingId, dataId].join(' ').toLowerCase().includes(text.toLowerCase());
}

function List({ events, onOpen }: { events: readonly LabEvent[]; onOpen: (id: string) => void }) {
  if (events.length === 0) return <EmptyState title="No events" />;
  return (
    <LiveList
      label="Events, newest first"
      rows={events}
      rowKey={({ id }) => id}
      onOpen={({ id }) => onOpen(id)}
    >
      {({ resource, event, at, person, trackingId }) => (
        <>
          <span className="live-list-main">
            <Badge>{event}</Badge>
            <span className="live-list-fill">{resource}</span>
          </span>
          <span className="live-list-more">
            <ClockTime at={at} />
            <span className="live-list-fill">{[person, trackingId].filter(Boolean).join(' · ')}</span>
          </span>
        </>
      )}
    </LiveList>
  );
}

function Details({ event, onClose }: { event: LabEvent | undefined; onClose: () => void }) {
  return (
    <Dialog
      side
      open={event !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={event ? `${event.resource} ${event.event}` : 'Event'}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {event && (
        <Stack>
          <Facts
            items={[
              { name: 'Number', value: event.id },
              { name: 'When', value: <code>{event.at}</code> },
              { name: 'By', value: event.person ?? 'the server itself' },
              { name: 'Tracking id', value: <code>{event.trackingId ?? 'none'}</code> },
              { name: 'Of', value: <code>{event.dataId}</code> },
            ]}
          />
          <CodeBlock label="data" text={JSON.stringify(event.data, undefined, 2)} />
        </Stack>
      )}
    </Dialog>
  );
}
