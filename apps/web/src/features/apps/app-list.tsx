import './apps.css';
import { listApps } from '@moothall/platform/contracts';
import { Link } from '@tanstack/react-router';
import { useSearchState } from '../../app/use-search-state.ts';
import { usePages } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { MoreButton } from '../administration/more-button.tsx';
import { SearchField } from '../administration/search-field.tsx';
import { AppIcon } from './app-icon.tsx';
import { type App, appKinds, appStates, isAppKind, wordsOfState } from './app-kinds.ts';
import { DriftNote } from './drift.tsx';

const filters = ['type', 'state', 'q'] as const;

/** One's own apps, narrowed by kind, state and text. */
export default function AppList() {
  const [{ type, state, q }, narrow] = useSearchState(filters);
  const query = { ...(type && isAppKind(type) && { type }), ...(state && { state }), ...(q && { q }) };
  const apps = usePages(listApps, { query });
  const data = apps.data?.pages.flatMap(({ reply }) => reply.items);
  const isNarrowed = Object.keys(query).length > 0;
  return (
    <Page
      title="My apps"
      lead="Programs that you have registered here, with their names, addresses and secrets."
      actions={
        <LinkButton variant={data?.length === 0 ? 'secondary' : 'primary'} to="/apps/new">
          Create a new app
        </LinkButton>
      }
    >
      <Stack>
        <search className="apps-filters">
          <Field label="Kind">
            <Select
              value={type ?? ''}
              options={[
                { value: '', label: 'All kinds' },
                ...Object.entries(appKinds).map(([value, { name }]) => ({ value, label: name })),
              ]}
              onChange={(event) => narrow({ type: event.target.value })}
            />
          </Field>
          <Field label="State">
            <Select
              value={state ?? ''}
              options={[{ value: '', label: 'All states' }, ...appStates]}
              onChange={(event) => narrow({ state: event.target.value })}
            />
          </Field>
          <SearchField
            label="Search"
            value={q ?? ''}
            onSearch={(text) => narrow({ q: text }, { replace: true })}
          />
        </search>
        <Loaded query={{ ...apps, data }} shape="table">
          {(known) => (
            <Stack>
              <AppTable
                apps={known}
                isNarrowed={isNarrowed}
                onShowAll={() => narrow({ type: undefined, state: undefined, q: undefined })}
              />
              <MoreButton list={apps} />
            </Stack>
          )}
        </Loaded>
      </Stack>
    </Page>
  );
}

function AppTable({
  apps,
  isNarrowed,
  onShowAll,
}: {
  apps: readonly App[];
  isNarrowed: boolean;
  onShowAll: () => void;
}) {
  if (apps.length === 0 && isNarrowed)
    return (
      <EmptyState
        title="None of your apps is like that"
        action={<Button onClick={onShowAll}>Show all</Button>}
      >
        <p>Choose another kind or state, or search for another word of the name.</p>
      </EmptyState>
    );
  if (apps.length === 0) return <NoApps />;
  return (
    <Table
      caption={apps.length === 1 ? 'One app' : `${apps.length} apps, newest first`}
      rows={apps}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', header: 'App', cell: (app) => <Name app={app} /> },
        { key: 'kind', header: 'Kind', cell: ({ type }) => appKinds[type].name },
        { key: 'state', header: 'State', cell: ({ state }) => <State state={state} /> },
        {
          key: 'changed',
          header: 'Changed',
          cell: ({ lastModified }) => <Time at={lastModified} to="date" />,
        },
      ]}
    />
  );
}

function State({ state }: { state: string }) {
  const { text, tone } = wordsOfState(state);
  return <Badge tone={tone}>{text}</Badge>;
}

function Name({ app }: { app: App }) {
  return (
    <div className="apps-name">
      <AppIcon app={app} />
      <Stack gap="tight">
        <Link to="/apps/$appId" params={{ appId: app.id } as never}>
          {app.name}
        </Link>
        {app.bot && <span className="field-hint">{app.bot.email}</span>}
        <DriftNote app={app} />
      </Stack>
    </div>
  );
}

function NoApps() {
  return (
    <EmptyState
      title="You have no apps yet"
      action={
        <LinkButton variant="primary" to="/apps/new">
          Create your first app
        </LinkButton>
      }
    >
      <p>
        An app is how your program is known here: it gets a name, an id and a secret or token to call the API
        with. A bot answers people in spaces; an integration acts for people who allow it.
      </p>
    </EmptyState>
  );
}
