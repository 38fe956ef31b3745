import { Link } from '@tanstack/react-router';
import { Section } from '../../ui/layout.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import type { OverviewData } from './use-overview.ts';

/** The last rows of the audit log. */
export function LastChanges({ audit }: { audit: NonNullable<OverviewData['audit']> }) {
  return (
    <Section title="Last changes">
      {audit.items.length === 0 ? (
        <EmptyState title="Nothing was changed yet">What administrators do is written down here.</EmptyState>
      ) : (
        <>
          <Table
            caption="Newest first"
            rows={audit.items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'what', header: 'What', cell: ({ data }) => data.actionText },
              { key: 'who', header: 'By', cell: ({ data }) => data.actorName },
              { key: 'when', header: 'When', cell: ({ created }) => <Time at={created} /> },
            ]}
          />
          <p>
            <Link to="/audit">The whole audit log</Link>
          </p>
        </>
      )}
    </Section>
  );
}
