// biome-ignore-all lint/a11y: CSS takes the roles away from the elements in the narrow form, so they are said
import './table.css';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A column: its heading and what it shows of a row. */
export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and buttons stand at the end. */
  align?: 'start' | 'end';
};

/**
 * A table; where it is too narrow each row becomes a card. The first column names the row.
 * @param caption says what is listed, and how much of it
 */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
}: {
  caption: ReactNode;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}) {
  return (
    <div className="table-frame">
      <table className="table" role="table">
        <caption className="table-caption">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ key, header, align }) => (
              <th
                key={key}
                scope="col"
                role="columnheader"
                className={classNames('table-head', align === 'end' && 'table-end')}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" className="table-row">
              {columns.map((column, index) => (
                <Cell key={column.key} column={column} row={row} isName={index === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row, isName }: { column: Column<Row>; row: Row; isName: boolean }) {
  const content = (
    <>
      <span className="table-name" aria-hidden="true">
        {column.header}
      </span>
      <div>{column.cell(row)}</div>
    </>
  );
  if (isName)
    return (
      <th scope="row" role="rowheader" className="table-cell table-row-name">
        {content}
      </th>
    );
  return (
    <td role="cell" className={classNames('table-cell', column.align === 'end' && 'table-end')}>
      {content}
    </td>
  );
}
