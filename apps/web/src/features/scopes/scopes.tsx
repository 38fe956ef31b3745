import './scopes.css';
import { listScopes } from '@moothall/platform/contracts';
import { Link } from '@tanstack/react-router';
import { useSearchState } from '../../app/use-search-state.ts';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useRead } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { SearchField } from '../administration/search-field.tsx';

type Scope = ReplyOf<typeof listScopes>['items'][number];

const grantors = {
  user: { label: 'Anybody', tone: 'neutral' },
  admin: { label: 'Administrator', tone: 'warning' },
  compliance: { label: 'Compliance officer', tone: 'warning' },
} as const;

/** Scopes, narrowed by text, by who may grant them and to those that one's apps have. */
export default function Scopes() {
  const [{ q = '', by, used }, narrow] = useSearchState(['q', 'by', 'used']);
  const scopes = useRead(listScopes, {});
  return (
    <Page
      title="Scopes"
      lead="A token can do what its scopes say, as far as the person whom it acts for may do it too."
    >
      <Stack>
        <search className="scopes-filters">
          <SearchField label="Search" value={q} onSearch={(text) => narrow({ q: text }, { replace: true })} />
          <Field label="Who may grant it">
            <Select
              value={by ?? ''}
              options={[
                { value: '', label: 'All' },
                ...Object.entries(grantors).map(([value, { label }]) => ({ value, label })),
              ]}
              onChange={(event) => narrow({ by: event.target.value })}
            />
          </Field>
          <Field label="Shown">
            <Select
              value={used ?? ''}
              options={[
                { value: '', label: 'Every scope' },
                { value: 'yes', label: 'Those of my apps' },
              ]}
              onChange={(event) => narrow({ used: event.target.value })}
            />
          </Field>
        </search>
        <Loaded query={scopes} shape="table">
          {({ items }) => (
            <ScopeTable
              scopes={items.filter(
                (scope) =>
                  matches(scope, q) &&
                  (by === undefined || scope.grantor === by) &&
                  (used === undefined || scope.apps.length > 0),
              )}
              all={items.length}
              onShowAll={() => narrow({ q: undefined, by: undefined, used: undefined })}
            />
          )}
        </Loaded>
      </Stack>
    </Page>
  );
}

function matches({ scope, text, area, operations }: Scope, wanted: string): boolean {
  const calls = operations.map(({ method, path }) => `${method} ${path}`).join(' ');
  const all = `${scope} ${text} ${area} ${calls}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function ScopeTable({
  scopes,
  all,
  onShowAll,
}: {
  scopes: readonly Scope[];
  all: number;
  onShowAll: () => void;
}) {
  if (scopes.length === 0)
    return (
      <EmptyState title="No scope is like that" action={<Button onClick={onShowAll}>Show all</Button>}>
        <p>Search for a word of its name or meaning, or for a path such as /v1/rooms.</p>
      </EmptyState>
    );
  return (
    <Table
      caption={scopes.length === all ? `${all} scopes` : `${scopes.length} of ${all} scopes`}
      rows={scopes}
      rowKey={({ scope }) => scope}
      columns={[
        { key: 'scope', header: 'Scope', cell: ({ scope }) => <code>{scope}</code> },
        { key: 'text', header: 'What it allows', cell: ({ text }) => text },
        { key: 'by', header: 'Granted by', cell: ({ grantor }) => <Grantor grantor={grantor} /> },
        { key: 'operations', header: 'Operations', cell: (scope) => <Operations scope={scope} /> },
        { key: 'apps', header: 'My apps', cell: (scope) => <Apps scope={scope} /> },
      ]}
    />
  );
}

function Grantor({ grantor }: { grantor: Scope['grantor'] }) {
  const { label, tone } = grantors[grantor];
  return <Badge tone={tone}>{label}</Badge>;
}

const shownAtOnce = 2;

function Operations({ scope: { operations } }: { scope: Scope }) {
  if (operations.length === 0) return <span className="field-hint">none yet</span>;
  if (operations.length <= shownAtOnce) return <Calls operations={operations} />;
  return (
    <details>
      <summary className="scopes-more">{operations.length} operations</summary>
      <Calls operations={operations} />
    </details>
  );
}

function Calls({ operations }: Pick<Scope, 'operations'>) {
  return (
    <ul className="scopes-calls">
      {operations.map(({ id, method, path }) => (
        <li key={id}>
          <code>
            {method} {path}
          </code>
        </li>
      ))}
    </ul>
  );
}

function Apps({ scope: { apps } }: { scope: Scope }) {
  if (apps.length === 0) return <span className="field-hint">none</span>;
  return (
    <ul className="scopes-calls">
      {apps.map(({ id, name }) => (
        <li key={id}>
          <Link to={`/apps/${id}`}>{name}</Link>
        </li>
      ))}
    </ul>
  );
}
