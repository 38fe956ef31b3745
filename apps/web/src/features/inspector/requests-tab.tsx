import { useSearchState } from '../../app/use-search-state.ts';
import { Badge } from '../../ui/badge.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { Select, TextInput } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import { EmptyState, Loading } from '../../ui/states.tsx';
import { statusTone } from '../try-it/status-tone.ts';
import { ClockTime } from './clock-time.tsx';
import { ExchangeDrawer } from './exchange-drawer.tsx';
import { type Exchange, useExchanges } from './exchanges.ts';
import { LiveList } from './live-list.tsx';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];
const statuses = [
  { value: '', label: 'all' },
  { value: '2', label: '2xx: done' },
  { value: '3', label: '3xx: led elsewhere' },
  { value: '4', label: '4xx: refused' },
  { value: '5', label: '5xx: failed' },
];
const names = ['method', 'status', 'person', 'operation', 'text', 'show'] as const;
type Filter = { readonly [Name in (typeof names)[number]]?: string | undefined };

/** The requests of the lab, newest first, narrowed by the filters in the address. */
export function RequestsTab({ paused }: { paused: boolean }) {
  const { items, error, isRead } = useExchanges(paused);
  const [filter, change] = useSearchState(names);
  const shown = items.filter((exchange) => isShown(exchange, filter));
  return (
    <Stack>
      <Filters filter={filter} change={change} />
      {error && <ErrorNotice error={error} />}
      <p className="field-hint" role="status">
        {isRead
          ? `${shown.length} of ${items.length} requests${paused ? ', paused' : ''}`
          : 'Reading the log'}
      </p>
      {isRead ? (
        <List exchanges={shown} onOpen={(show) => change({ show })} />
      ) : (
        <Loading shape="table" rows={8} />
      )}
      <ExchangeDrawer seq={seqOf(filter.show)} onChange={(show) => change({ show })} />
    </Stack>
  );
}

function seqOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

/** Whether a request passes every filter that is set; texts are looked for anywhere, in either case. */
function isShown(exchange: Exchange, { method, status, person, operation, text }: Filter): boolean {
  const has = (value: string | undefined, wanted: string | undefined) =>
    wanted === undefined || (value ?? '').toLowerCase().includes(wanted.toLowerCase());
  const { path, trackingId, cause } = exchange;
  return (
    (method === undefined || exchange.method === method) &&
    (status === undefined || String(exchange.status).startsWith(status)) &&
    has(exchange.person, person) &&
    has(exchange.operation, operation) &&
    has([path, trackingId, cause, exchange.operation, exchange.person].join(' '), text)
  );
}

function Filters({
  filter,
  change,
}: {
  filter: Filter;
  change: (some: Filter, how?: { replace?: boolean }) => void;
}) {
  const texts = [
    { name: 'person', label: 'Person' },
    { name: 'operation', label: 'Operation' },
    { name: 'text', label: 'Text' },
  ] as const;
  return (
    <search className="inspector-filters">
      <Field label="Method" optional>
        <Select
          options={[{ value: '', label: 'all' }, ...methods.map((value) => ({ value, label: value }))]}
          value={filter.method ?? ''}
          onChange={(event) => change({ method: event.target.value })}
        />
      </Field>
      <Field label="Status" optional>
        <Select
          options={statuses}
          value={filter.status ?? ''}
          onChange={(event) => change({ status: event.target.value })}
        />
      </Field>
      {texts.map(({ name, label }) => (
        <Field key={name} label={label} optional>
          <TextInput
            type="search"
            value={filter[name] ?? ''}
            onChange={(event) => change({ [name]: event.target.value }, { replace: true })}
          />
        </Field>
      ))}
    </search>
  );
}

function List({ exchanges, onOpen }: { exchanges: readonly Exchange[]; onOpen: (seq: string) => void }) {
  if (exchanges.length === 0)
    return (
      <EmptyState title="No requests">
        <p>They are listed here as soon as a program calls this lab, if the filters let them through.</p>
      </EmptyState>
    );
  return (
    <LiveList
      label="Requests, newest first"
      rows={exchanges}
      rowKey={({ seq }) => String(seq)}
      onOpen={({ seq }) => onOpen(String(seq))}
    >
      {(exchange) => <Row exchange={exchange} />}
    </LiveList>
  );
}

function Row({
  exchange: { method, path, status, at, durationMs, operation, person },
}: {
  exchange: Exchange;
}) {
  return (
    <>
      <span className="live-list-main">
        <Badge tone={statusTone(status)}>{status}</Badge>
        <span className="live-list-fill">
          {method} {path}
        </span>
        <span className="live-list-more">{durationMs} ms</span>
      </span>
      <span className="live-list-more">
        <ClockTime at={at} />
        <span className="live-list-fill">{[person ?? 'nobody', operation].filter(Boolean).join(' · ')}</span>
      </span>
    </>
  );
}
