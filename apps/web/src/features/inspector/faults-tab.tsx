import { labPages } from '@moothall/lab/contracts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction, useRead } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { Row, Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { useToast } from '../../ui/toast.tsx';
import { FaultForm } from './fault-form.tsx';

type Fault = ReplyOf<typeof labPages.listFaults>['items'][number];

const READ_EVERY_MS = 3000;

/** The faults of the lab: what goes wrong on purpose, how often it did, and a form for more. */
export function FaultsTab() {
  const faults = useRead(labPages.listFaults, {}, { refetchIntervalMs: READ_EVERY_MS });
  return (
    <Loaded query={faults} shape="table">
      {({ items }) => (
        <Stack gap="loose">
          <Section title="In force" lead="They last until they are removed, or until the lab starts again.">
            {items.length === 0 ? <None /> : <List faults={items} />}
          </Section>
          <Section title="Add a fault">
            <FaultForm />
          </Section>
        </Stack>
      )}
    </Loaded>
  );
}

function None() {
  return (
    <EmptyState title="Nothing goes wrong">
      <p>Add a fault to see how your program deals with a slow server, a refusal or a lost webhook.</p>
    </EmptyState>
  );
}

function List({ faults }: { faults: readonly Fault[] }) {
  return (
    <Stack>
      <Table
        caption="The first that matches a call happens"
        rows={faults}
        rowKey={({ id }) => id}
        columns={[
          { key: 'what', header: 'What', cell: effectText },
          { key: 'where', header: 'Where', cell: whereText },
          { key: 'when', header: 'When', cell: whenText },
          {
            key: 'count',
            header: 'Happened',
            cell: ({ injected, calls }) => `${injected} of ${calls} calls`,
          },
          { key: 'remove', header: 'Remove', align: 'end', cell: (fault) => <Remove fault={fault} /> },
        ]}
      />
      <Clear />
    </Stack>
  );
}

/** What a fault does, in words. */
function effectText({ status, retryAfterSeconds, latencyMs, webhook }: Fault): string {
  const effects = [
    status !== undefined && `status ${status}`,
    retryAfterSeconds !== undefined && `Retry-After ${retryAfterSeconds} s`,
    latencyMs !== undefined && `${latencyMs} ms late`,
    webhook !== undefined && `webhooks ${webhook}`,
  ];
  return effects.filter(Boolean).join(', ');
}

function whereText({ route, person, app }: Fault): string {
  const places = [route, person !== undefined && `person ${person}`, app !== undefined && `app ${app}`];
  return places.filter(Boolean).join(', ') || 'everywhere';
}

function whenText({ probability, nth, times }: Fault): string {
  const whens = [
    probability !== undefined && `${Math.round(probability * 100)} % of calls`,
    nth !== undefined && `every ${nth}th call`,
    times !== undefined && `${times} times at most`,
  ];
  return whens.filter(Boolean).join(', ') || 'always';
}

function Remove({ fault: { id } }: { fault: Fault }) {
  const remove = useAction(labPages.removeFault, [labPages.listFaults]);
  return (
    <Button
      small
      busy={remove.isPending}
      aria-label={`Remove fault ${id}`}
      onClick={() => remove.mutate({ params: { id } })}
    >
      Remove
    </Button>
  );
}

function Clear() {
  const clear = useAction(labPages.clearFaults, [labPages.listFaults]);
  const say = useToast();
  return (
    <Row>
      <Button
        busy={clear.isPending}
        onClick={() => clear.mutate({}, { onSuccess: () => say('All faults were removed') })}
      >
        Remove all
      </Button>
    </Row>
  );
}
