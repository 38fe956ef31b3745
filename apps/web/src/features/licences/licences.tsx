import { listHubLicenses } from '@moothall/platform/contracts';
import { useRead } from '../../data/use-operation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';

/** Licences with how many of their seats are taken. */
export default function Licences() {
  const licenses = useRead(listHubLicenses, {});
  return (
    <Page
      title="Licences"
      lead="A licence lets a person use a part of the product. Give and take them on the person's page."
    >
      <Loaded query={licenses} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="The organisation has no licences">
              The operator of this deployment gives them to organisations.
            </EmptyState>
          ) : (
            <Table
              caption={items.length === 1 ? 'One licence' : `${items.length} licences`}
              rows={items}
              rowKey={({ id }) => id}
              columns={[
                { key: 'name', header: 'Licence', cell: ({ name }) => name },
                {
                  key: 'seats',
                  header: 'Seats taken',
                  cell: ({ consumedUnits, totalUnits }) => (
                    <Meter label="Seats" value={consumedUnits} max={totalUnits} />
                  ),
                },
                {
                  key: 'free',
                  header: 'Free',
                  cell: (one) => Math.max(0, one.totalUnits - one.consumedUnits),
                },
                { key: 'site', header: 'Site', cell: ({ siteUrl }) => siteUrl ?? 'all' },
                {
                  key: 'holders',
                  header: 'Holders',
                  align: 'end',
                  cell: ({ id, name }) => (
                    <LinkButton small to="/users" search={{ license: id }} label={`Who holds it: ${name}`}>
                      Who holds it
                    </LinkButton>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
