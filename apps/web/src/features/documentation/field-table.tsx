import { Table } from '../../ui/table.tsx';
import { boundsText, type FieldRow, typeText } from './schema.ts';

/** Fields or parameters, one a row. */
export function FieldTable({ caption, rows }: { caption: string; rows: readonly FieldRow[] }) {
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ path }) => path}
      columns={[
        { key: 'name', header: 'Name', cell: ({ path }) => <code>{path}</code> },
        { key: 'type', header: 'Type', cell: ({ schema }) => <Type row={schema} /> },
        { key: 'required', header: 'Given', cell: ({ required }) => (required ? 'always' : 'if wanted') },
      ]}
    />
  );
}

function Type({ row }: { row: FieldRow['schema'] }) {
  const bounds = boundsText(row);
  return (
    <>
      {typeText(row)}
      {bounds !== '' && <span className="field-hint"> ({bounds})</span>}
    </>
  );
}
