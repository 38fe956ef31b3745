import './app-transfer.css';
import { listTransferableApps } from '@moothall/platform/contracts';
import { useState } from 'react';
import { useSearchState } from '../../app/use-search-state.ts';
import type { InputOf } from '../../data/operation-input.ts';
import { usePages } from '../../data/use-operation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { wordsOfKind } from '../administration/app-words.ts';
import { Filters } from '../administration/filters.tsx';
import { MoreButton } from '../administration/more-button.tsx';
import { SearchField } from '../administration/search-field.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import type { TransferableApp } from './transferable-app.ts';

const searches = {
  name: 'Name of the app',
  ownerEmail: "Owner's e-mail address",
  personId: "Owner's person id",
  id: 'App id',
  clientId: 'Client id',
} as const;

type By = keyof typeof searches;
const isBy = (text: string | undefined): text is By => text !== undefined && text in searches;

/** Gives apps of the organisation to other owners; those without an active one stand first (F64). */
export default function AppTransfer() {
  const [{ by, q, state }, setSearch] = useSearchState(['by', 'q', 'state']);
  const searched = isBy(by) ? by : 'name';
  const query: NonNullable<InputOf<typeof listTransferableApps>['query']> = {
    max: 50,
    ...(q && { [searched]: q }),
    ...(state === 'orphaned' && { state }),
  };
  const [chosen, setChosen] = useState<TransferableApp>();
  const apps = usePages(listTransferableApps, { query });
  return (
    <Page
      title="Application transfer"
      lead="Give an app of your organisation to another owner. Its token or secret goes on working unless you make a new one."
    >
      <Stack>
        <Filters>
          <Field label="Search by">
            <Select
              value={searched}
              onChange={({ target }) => setSearch({ by: target.value, q: '' })}
              options={Object.entries(searches).map(([value, label]) => ({ value, label }))}
            />
          </Field>
          <SearchField
            key={searched}
            label={searches[searched]}
            value={q ?? ''}
            onSearch={(text) => setSearch({ by: searched, q: text }, { replace: true })}
          />
          <Checkbox
            label="Only without an active owner"
            checked={state === 'orphaned'}
            onChange={({ target }) => setSearch({ state: target.checked ? 'orphaned' : '' })}
          />
        </Filters>
        <Loaded query={apps} shape="table" needs="the role of a full administrator">
          {({ pages }) => {
            const found = pages.flatMap(({ reply }) => reply.items);
            const isNarrowed = q !== undefined || state !== undefined;
            if (found.length === 0)
              return <NoApps isNarrowed={isNarrowed} clear={() => setSearch({ by: '', q: '', state: '' })} />;
            return (
              <>
                <AppTable apps={found} onTransfer={setChosen} />
                <MoreButton list={apps} />
              </>
            );
          }}
        </Loaded>
        <TransferDialog app={chosen} onClose={() => setChosen(undefined)} />
      </Stack>
    </Page>
  );
}

function NoApps({ isNarrowed, clear }: { isNarrowed: boolean; clear: () => void }) {
  return (
    <EmptyState
      title={isNarrowed ? 'No app matches that' : 'Your organisation has no apps'}
      action={isNarrowed && <Button onClick={clear}>Show all apps</Button>}
    >
      {isNarrowed
        ? 'Ids and addresses must be given in full; of a name a part is enough.'
        : 'People make them in the developer portal.'}
    </EmptyState>
  );
}

function AppTable({
  apps,
  onTransfer,
}: {
  apps: readonly TransferableApp[];
  onTransfer: (app: TransferableApp) => void;
}) {
  return (
    <Table
      caption={`${apps.length} shown, those without an active owner first`}
      rows={apps}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', header: 'App', cell: (app) => <Name app={app} /> },
        { key: 'type', header: 'Kind', cell: ({ type }) => wordsOfKind(type) },
        { key: 'owner', header: 'Owner', cell: (app) => <Owner app={app} /> },
        { key: 'created', header: 'Made', cell: ({ created }) => <Time at={created} to="date" /> },
        {
          key: 'transfer',
          header: 'Transfer',
          align: 'end',
          cell: (app) => (
            <Button small onClick={() => onTransfer(app)} aria-label={`Transfer ${app.name}`}>
              Transfer
            </Button>
          ),
        },
      ]}
    />
  );
}

function Name({ app: { name, bot, clientId } }: { app: TransferableApp }) {
  return (
    <span className="app-transfer-name">
      <span>{name}</span>
      <span className="field-hint" title={bot ? undefined : clientId}>
        {bot?.email ?? `${clientId.slice(0, 12)}…`}
      </span>
    </span>
  );
}

function Owner({ app: { owner, orphaned } }: { app: TransferableApp }) {
  return (
    <span className="app-transfer-name">
      <span>{owner?.displayName ?? 'nobody'}</span>
      {owner && <span className="field-hint">{owner.email}</span>}
      {orphaned && <Badge tone="warning">No active owner</Badge>}
    </span>
  );
}
