import './limits.css';
import { listLimits } from '@moothall/platform/contracts';
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
import { amountOf } from './amount.ts';

type Limit = ReplyOf<typeof listLimits>['items'][number];

const sources: Record<Limit['source'], string> = {
  documented: 'as the Webex documentation says',
  'as-observed': 'as Webex was seen to do',
  decided: 'decided here',
};

/** The ledger of limits, with the values in force on this server. */
export default function Limits() {
  const [{ q = '', shown }, narrow] = useSearchState(['q', 'shown']);
  const limits = useRead(listLimits, {});
  return (
    <Page title="Limits" lead="Every number that a rule turns on, with its value on this server.">
      <Stack>
        <search className="limits-filters">
          <SearchField label="Search" value={q} onSearch={(text) => narrow({ q: text }, { replace: true })} />
          <Field label="Shown">
            <Select
              value={shown ?? ''}
              options={[
                { value: '', label: 'Every limit' },
                { value: 'changed', label: 'Those set otherwise here' },
              ]}
              onChange={(event) => narrow({ shown: event.target.value })}
            />
          </Field>
        </search>
        <Loaded query={limits} shape="table">
          {({ items }) => (
            <LimitTable
              limits={items.filter((limit) => matches(limit, q) && (shown === undefined || isChanged(limit)))}
              all={items.length}
              onShowAll={() => narrow({ q: undefined, shown: undefined })}
            />
          )}
        </Loaded>
      </Stack>
    </Page>
  );
}

function isChanged({ value, usual }: Limit): boolean {
  return value !== usual;
}

function matches({ name, what }: Limit, wanted: string): boolean {
  const all = `${name} ${what}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function LimitTable({
  limits,
  all,
  onShowAll,
}: {
  limits: readonly Limit[];
  all: number;
  onShowAll: () => void;
}) {
  if (limits.length === 0)
    return (
      <EmptyState title="No limit is like that" action={<Button onClick={onShowAll}>Show all</Button>}>
        <p>Search for what is limited, such as tokens, webhooks or messages.</p>
      </EmptyState>
    );
  return (
    <Table
      caption={limits.length === all ? `${all} limits` : `${limits.length} of ${all} limits`}
      rows={limits}
      rowKey={({ name }) => name}
      columns={[
        { key: 'what', header: 'What', cell: (limit) => <What limit={limit} /> },
        { key: 'value', header: 'In force', cell: (limit) => <Value limit={limit} /> },
        { key: 'source', header: 'Comes from', cell: ({ source }) => sources[source] },
      ]}
    />
  );
}

function What({ limit: { what, name } }: { limit: Limit }) {
  return (
    <Stack gap="tight">
      <span>{what.charAt(0).toUpperCase() + what.slice(1)}</span>
      <code className="field-hint">{name}</code>
    </Stack>
  );
}

function Value({ limit }: { limit: Limit }) {
  return (
    <>
      {amountOf(limit.value, limit.unit)}
      {isChanged(limit) && (
        <>
          {' '}
          <Badge tone="info">Usually {amountOf(limit.usual, limit.unit)}</Badge>
        </>
      )}
    </>
  );
}
