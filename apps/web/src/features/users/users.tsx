import './users.css';
import { listHubLicenses, listUsers } from '@moothall/platform/contracts';
import { Link } from '@tanstack/react-router';
import { type SearchState, useSearchState } from '../../app/use-search-state.ts';
import type { InputOf, ReplyOf } from '../../data/operation-input.ts';
import { usePages, useRead } from '../../data/use-operation.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { together } from '../../ui/together.ts';
import { Filters } from '../administration/filters.tsx';
import { MoreButton } from '../administration/more-button.tsx';
import { roleWords, wordsOfRole } from '../administration/role-words.ts';
import { SearchField } from '../administration/search-field.tsx';
import { StatusBadge, statusWords } from './status.tsx';

const filterNames = ['q', 'status', 'role', 'license'] as const;
type UserFilter = SearchState<(typeof filterNames)[number]>;
type ListedUser = ReplyOf<typeof listUsers>['items'][number];
type License = ReplyOf<typeof listHubLicenses>['items'][number];

/** People of the organisation, narrowed as the address says. */
export default function Users() {
  const [filters, setFilters] = useSearchState(filterNames);
  const query = filters as NonNullable<InputOf<typeof listUsers>['query']>;
  const people = usePages(listUsers, { query: { ...query, max: 50 } });
  const licenses = useRead(listHubLicenses, {});
  return (
    <Page
      title="Users"
      lead="Everybody who belongs to your organisation."
      actions={
        <LinkButton variant="primary" to="/users/new">
          Add people
        </LinkButton>
      }
    >
      <Stack>
        <UserFilters filters={filters} setFilters={setFilters} licenses={licenses.data?.items ?? []} />
        <Loaded query={together({ people, licenses })} shape="table">
          {(data) => {
            const found = data.people.pages.flatMap(({ reply }) => reply.items);
            if (found.length === 0) return <NobodyFound filters={filters} clear={() => setFilters(none)} />;
            return (
              <>
                <UserTable people={found} hasMore={people.hasNextPage} licenses={data.licenses.items} />
                <MoreButton list={people} />
              </>
            );
          }}
        </Loaded>
      </Stack>
    </Page>
  );
}

const none = { q: '', status: '', role: '', license: '' };

function UserFilters({
  filters,
  setFilters,
  licenses,
}: {
  filters: UserFilter;
  setFilters: (change: UserFilter, how?: { replace?: boolean }) => void;
  licenses: readonly License[];
}) {
  const choices = [
    { name: 'status', label: 'Status', any: 'Any status', words: Object.entries(statusWords) },
    { name: 'role', label: 'Role', any: 'Any role', words: Object.entries(roleWords) },
    {
      name: 'license',
      label: 'Licence',
      any: 'Any licence',
      words: licenses.map(({ id, name }) => [id, name]),
    },
  ] as const;
  return (
    <Filters>
      <SearchField
        label="Name or e-mail address"
        value={filters.q ?? ''}
        onSearch={(q) => setFilters({ q }, { replace: true })}
      />
      {choices.map(({ name, label, any, words }) => (
        <Field key={name} label={label} optional="unsaid">
          <Select
            value={filters[name] ?? ''}
            onChange={({ target }) => setFilters({ [name]: target.value })}
            options={[
              { value: '', label: any },
              ...words.map(([value, text]) => ({ value: value ?? '', label: text ?? '' })),
            ]}
          />
        </Field>
      ))}
    </Filters>
  );
}

function NobodyFound({ filters, clear }: { filters: UserFilter; clear: () => void }) {
  const isNarrowed = Object.values(filters).some(Boolean);
  return (
    <EmptyState
      title={isNarrowed ? 'Nobody matches that' : 'There is nobody here yet'}
      action={isNarrowed && <Button onClick={clear}>Show everybody</Button>}
    >
      {isNarrowed ? 'Names and e-mail addresses are searched from their beginning.' : 'Add people to begin.'}
    </EmptyState>
  );
}

function UserTable({
  people,
  hasMore,
  licenses,
}: {
  people: readonly ListedUser[];
  hasMore: boolean;
  licenses: readonly License[];
}) {
  const names = new Map(licenses.map(({ id, name }) => [id, name]));
  return (
    <Table
      caption={`${people.length} shown by name${hasMore ? ', and there are more' : ''}`}
      rows={people}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', header: 'Name', cell: (person) => <Name person={person} /> },
        { key: 'status', header: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
        { key: 'roles', header: 'Roles', cell: ({ roles }) => roles.map(wordsOfRole).join(', ') || 'none' },
        {
          key: 'licenses',
          header: 'Licences',
          cell: (person) => person.licenses.map((id) => names.get(id) ?? id).join(', ') || 'none',
        },
        {
          key: 'activity',
          header: 'Last active',
          cell: ({ lastActivity }) =>
            lastActivity === undefined ? 'not yet' : <Time at={lastActivity} to="date" />,
        },
      ]}
    />
  );
}

function Name({ person: { id, displayName, email } }: { person: ListedUser }) {
  return (
    <span className="users-name">
      <Link to="/users/$personId" params={{ personId: id } as never}>
        {displayName}
      </Link>
      <span className="field-hint">{email}</span>
    </span>
  );
}
