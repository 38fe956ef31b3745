import { listIntegrations, listRequests } from '@moothall/platform/contracts';
import { useSearchState } from '../../app/use-search-state.ts';
import { usePages } from '../../data/use-operation.ts';
import { Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { together } from '../../ui/together.ts';
import { counted } from '../administration/app-words.ts';
import { Filters } from '../administration/filters.tsx';
import { Guarded } from '../administration/guarded.tsx';
import { MoreButton } from '../administration/more-button.tsx';
import { SearchField } from '../administration/search-field.tsx';
import { useAdministrator } from '../administration/use-administrator.ts';
import { ChangeAccess } from './change-access.tsx';
import { DefaultAccess } from './default-access.tsx';
import type { Integration } from './integration.ts';
import { IntegrationRequests } from './integration-requests.tsx';
import { Owner } from './owner.tsx';
import { RevokeForAll } from './revoke-for-all.tsx';

/** Who may use which integration, who asks, and what was allowed. */
export function Integrations() {
  const [{ q }, setSearch] = useSearchState(['q']);
  const integrations = usePages(listIntegrations, { query: { max: 50, ...(q && { q }) } });
  const requests = usePages(listRequests, { query: { max: 50 } });
  return (
    <Loaded query={together({ integrations, requests })} shape="table">
      {(data) => (
        <Stack gap="loose">
          <DefaultAccess
            current={data.integrations.pages[0]!.reply.default}
            reload={async () =>
              (await integrations.refetch({ throwOnError: true })).data?.pages[0]?.reply.default
            }
          />
          <IntegrationRequests
            requests={data.requests.pages.flatMap(({ reply }) => reply.items)}
            more={<MoreButton list={requests} />}
          />
          <Section
            title="Integrations in use"
            lead="Those that people use or ask for, and your organisation's own."
          >
            <Filters>
              <SearchField
                label="Name"
                value={q ?? ''}
                onSearch={(text) => setSearch({ q: text }, { replace: true })}
              />
            </Filters>
            <IntegrationTable
              integrations={data.integrations.pages.flatMap(({ reply }) => reply.items)}
              standard={data.integrations.pages[0]!.reply.default.access}
            />
            <MoreButton list={integrations} />
          </Section>
        </Stack>
      )}
    </Loaded>
  );
}

/** What holds for an integration, in words. */
function accessWords({ mode, personIds }: Integration['policy'], standard: 'allow' | 'block'): string {
  if (mode === 'default') return standard === 'allow' ? 'Allowed, as by default' : 'Blocked, as by default';
  if (mode === 'selected')
    return personIds.length === 1 ? 'Allowed for one person' : `Allowed for ${personIds.length} people`;
  return mode === 'allowed' ? 'Allowed for everybody' : 'Blocked';
}

function IntegrationTable({
  integrations,
  standard,
}: {
  integrations: readonly Integration[];
  standard: 'allow' | 'block';
}) {
  const { lacksFull } = useAdministrator();
  if (integrations.length === 0)
    return (
      <EmptyState title="No integration is in use">
        One stands here when somebody allows it something, or your organisation makes it.
      </EmptyState>
    );
  return (
    <Guarded reason={lacksFull}>
      <Table
        caption={`${integrations.length} shown, newest first`}
        rows={integrations}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', header: 'Integration', cell: (one) => <Name integration={one} /> },
          { key: 'owner', header: 'Owner', cell: ({ owner, own }) => <Owner owner={owner} own={own} /> },
          { key: 'access', header: 'Access', cell: ({ policy }) => accessWords(policy, standard) },
          { key: 'use', header: 'Use', cell: (one) => <Use integration={one} /> },
          {
            key: 'actions',
            header: 'Change',
            align: 'end',
            cell: (one) => (
              <div className="hub-apps-actions">
                <ChangeAccess integration={one} standard={standard} />
                <RevokeForAll integration={one} />
              </div>
            ),
          },
        ]}
      />
    </Guarded>
  );
}

function Name({ integration: { name, scopes } }: { integration: Integration }) {
  return (
    <span className="hub-apps-name">
      {name}
      {scopes.length > 0 && (
        <details>
          <summary className="field-hint">
            {scopes.length === 1 ? '1 scope was allowed' : `${scopes.length} scopes were allowed`}
          </summary>
          <ul>
            {scopes.map((scope) => (
              <li key={scope}>
                <code>{scope}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </span>
  );
}

function Use({ integration: { people, lastUsed } }: { integration: Integration }) {
  return (
    <span className="hub-apps-name">
      <span>{people === 0 ? 'by nobody' : counted(people, 'person', 'people')}</span>
      {lastUsed !== undefined && (
        <span className="field-hint">
          last <Time at={lastUsed} to="date" />
        </span>
      )}
    </span>
  );
}
