import { useState } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyField, SecretOnce } from '../../ui/copy-field.tsx';
import { Facts, Row, Section, Stack } from '../../ui/layout.tsx';
import { Meter } from '../../ui/meter.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';

type Sample = { id: string; name: string; state: string; changed: string };

const samples: readonly Sample[] = [
  { id: '1', name: 'Echo', state: 'Active', changed: '2026-03-01T09:00:00.000Z' },
  {
    id: '2',
    name: 'Build status of the delivery pipeline',
    state: 'Asked for',
    changed: '2026-02-11T16:20:00.000Z',
  },
];

const columns: readonly Column<Sample>[] = [
  { key: 'name', header: 'Name', cell: ({ name }) => name },
  { key: 'state', header: 'State', cell: ({ state }) => <Badge tone="success">{state}</Badge> },
  { key: 'changed', header: 'Changed', cell: ({ changed }) => <Time at={changed} /> },
  {
    key: 'open',
    header: 'Action',
    align: 'end',
    cell: ({ name }) => (
      <Button small aria-label={`Open ${name}`}>
        Open
      </Button>
    ),
  },
];

/** Tables, values, meters and badges. */
export function KitValues() {
  const [secret, setSecret] = useState<string | undefined>('c2VjcmV0LW9mLXRoZS1raXQtcGFnZQ');
  return (
    <Stack gap="loose">
      <Table caption="2 apps" columns={columns} rows={samples} rowKey={({ id }) => id} />
      <Section title="Values">
        <CopyField label="Client id" value="C5f1d2a9e7b34c1e8a6d0f9b7c2e4a1d3" />
        {secret !== undefined && (
          <SecretOnce label="client secret" value={secret} onDone={() => setSecret(undefined)} />
        )}
        <Facts
          items={[
            { name: 'Owner', value: 'Ada Adler' },
            { name: 'Created', value: <Time at="2026-01-02T03:04:05.000Z" to="date" /> },
          ]}
        />
        <Meter label="Active tokens" value={612} max={750} />
        <Meter label="Registered devices" value={98} max={100} hint="The next ones will be refused." />
      </Section>
      <Section title="Badges">
        <Row>
          <Badge>Neutral</Badge>
          <Badge tone="info">Info</Badge>
          <Badge tone="success">Success</Badge>
          <Badge tone="warning">Warning</Badge>
          <Badge tone="danger">Danger</Badge>
        </Row>
      </Section>
    </Stack>
  );
}
