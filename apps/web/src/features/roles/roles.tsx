import { explainRoles } from '@moothall/platform/contracts';
import { useRead } from '../../data/use-operation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { wordsOfRole } from '../administration/role-words.ts';

/** The roles in plain words, with who holds each. */
export default function Roles() {
  const roles = useRead(explainRoles, {});
  return (
    <Page
      title="Roles"
      lead="What each role lets somebody do. Full administrators give them on the person's page."
    >
      <Loaded query={roles} shape="table">
        {({ items }) => (
          <Table
            caption={`${items.length} roles`}
            rows={items}
            rowKey={({ key }) => key}
            columns={[
              { key: 'name', header: 'Role', cell: ({ key }) => wordsOfRole(key) },
              { key: 'may', header: 'May do', cell: ({ may }) => may },
              {
                key: 'holders',
                header: 'Holders',
                align: 'end',
                cell: ({ key }) => (
                  <LinkButton
                    small
                    to="/users"
                    search={{ role: key }}
                    label={`Who holds it: ${wordsOfRole(key)}`}
                  >
                    Who holds it
                  </LinkButton>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
