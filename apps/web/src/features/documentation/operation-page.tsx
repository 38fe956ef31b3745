import './documentation.css';
import { usePathText } from '../../app/use-search.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Section, Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Access } from './access.tsx';
import { FieldTable } from './field-table.tsx';
import { Method } from './method.tsx';
import { type ApiOperation, useOperations } from './operations.ts';
import { bodyOf, fieldRows, parametersOf, repliesOf, type Schema, typeText } from './schema.ts';

const sources: Readonly<Record<ApiOperation['source'], { word: string; sentence: string }>> = {
  documented: { word: 'documented', sentence: 'follows the public documentation' },
  'as-observed': { word: 'observed', sentence: 'follows what the public service was seen to do' },
  decided: { word: 'decided here', sentence: 'decided here, where nothing public says it' },
};

/** Everything that is known of one operation. */
export default function OperationPage() {
  const operations = useOperations();
  const id = usePathText('operationId');
  const operation = operations.data?.items.find((item) => item.id === id);
  return (
    <Page
      title={operation?.summary ?? 'Operation'}
      lead={operation ? <Address operation={operation} /> : <code>{id}</code>}
      back={{ to: '/documentation', label: 'Documentation' }}
      actions={<TryIt id={id} />}
    >
      <Loaded query={operations}>
        {() =>
          operation ? <Details operation={operation} /> : <EmptyState title={`There is no operation ${id}`} />
        }
      </Loaded>
    </Page>
  );
}

function Address({ operation: { method, path } }: { operation: ApiOperation }) {
  return (
    <>
      <Method method={method} /> <code>{path}</code>
    </>
  );
}

function TryIt({ id }: { id: string }) {
  return (
    <LinkButton variant="primary" to="/try" search={{ operation: id }}>
      Try it
    </LinkButton>
  );
}

function Details({ operation }: { operation: ApiOperation }) {
  const parameters = parametersOf(operation).map(({ name, in: where, required, schema }) => ({
    path: where === 'path' ? `{${name}}` : name,
    required,
    schema,
  }));
  return (
    <Stack gap="loose">
      {operation.status === 'partial' && (
        <Notice tone="warning" title="Only a part of it is built">
          {operation.note !== undefined && <p>{operation.note}</p>}
        </Notice>
      )}
      <Section title="Who may call it">
        <Access operation={operation} />
      </Section>
      {parameters.length > 0 && (
        <Section title="Parameters">
          <FieldTable
            caption="Names in braces are part of the path; the others are the query"
            rows={parameters}
          />
        </Section>
      )}
      <Body operation={operation} />
      <Section title="Reply">
        {repliesOf(operation).map(({ status, schema }) => (
          <Reply key={status} status={status} schema={schema} />
        ))}
      </Section>
      <Errors operation={operation} />
      <p className="field-hint">
        {operation.id}: {sources[operation.source].sentence}.
      </p>
    </Stack>
  );
}

function Body({ operation }: { operation: ApiOperation }) {
  const body = bodyOf(operation);
  if (!body) return null;
  return (
    <Section title="Body">
      <FieldTable caption={`As ${body.types.join(', or ')}`} rows={fieldRows(body.schema)} />
    </Section>
  );
}

function Reply({ status, schema }: { status: string; schema: Schema | undefined }) {
  const rows = schema ? fieldRows(schema) : [];
  if (rows.length > 0) return <FieldTable caption={`Status ${status}`} rows={rows} />;
  return (
    <p>
      Status {status}
      {schema ? `: ${typeText(schema)}` : ', without a body'}.
    </p>
  );
}

function Errors({ operation }: { operation: ApiOperation }) {
  const errors = [...operation.errors].sort((one, other) => one.status - other.status);
  return (
    <Section title="Errors">
      <Table
        caption="What is in braces is filled in. A rule is documented publicly, was observed, or was decided here."
        rows={errors}
        rowKey={({ status, message }) => `${status} ${message}`}
        columns={[
          { key: 'status', header: 'Status', cell: ({ status }) => status },
          { key: 'text', header: 'Text', cell: ({ message }) => message },
          { key: 'source', header: 'Rule', cell: ({ source }) => sources[source].word },
        ]}
      />
    </Section>
  );
}
